-- What a product of a blueprint may set, as CardTrader told it: the same for all accounts. Hundreds of blueprints share one set.
create table property_sets (
    set_id      text not null primary key,
    definitions text not null
);

create table blueprint_properties (
    blueprint_id bigint not null primary key,
    expansion_id bigint,
    set_id       text not null references property_sets (set_id),
    learned_at   timestamptz not null
);
