-- What a product of a blueprint may set, as CardTrader told it: the same for all accounts. Hundreds of blueprints share one set. Times in
-- microseconds since 1970.
create table property_sets (
    set_id      text not null primary key,
    definitions text not null
) without rowid;

create table blueprint_properties (
    blueprint_id integer not null primary key,
    expansion_id integer,
    set_id       text not null references property_sets (set_id),
    learned_at   integer not null
);
