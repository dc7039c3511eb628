using BrxSync.Sync.Adapters.Sql.Access;

namespace BrxSync.Sync.Tests.Adapters.Sql;

public sealed class PositionalTextTests
{
    [Fact]
    public void Of_NamedValues_NumbersEachNameOnce()
    {
        var part = PositionalText.Of("select @id::uuid, @name, @ID, a @> b, '{}' <@ c, @@x").ShouldHaveSingleItem();

        part.Sql.ShouldBe("select $1::uuid, $2, $1, a @> b, '{}' <@ c, @@x");
        part.Names.ShouldBe(["id", "name"]);
    }

    [Fact]
    public void Of_SeveralStatements_DividesThemAndTheirNames()
    {
        var parts = PositionalText.Of("delete from a where id = @id;\n update b set c = @c where id = @id ; \n -- the end\n");

        parts.Select(part => part.Sql).ShouldBe(["delete from a where id = $1", "update b set c = $1 where id = $2"]);
        parts[1].Names.ShouldBe(["c", "id"]);
    }

    [Theory]
    [InlineData("select ';@a'';@b'")]
    [InlineData("select \";@a\"")]
    [InlineData("do $$ begin a; perform @b; end $$")]
    [InlineData("do $body$ begin $$;$$; end $body$")]
    [InlineData("select '")]
    public void Of_WhatOnlyLooksLikeIt_StaysAsItIs(string sql)
    {
        var part = PositionalText.Of(sql).ShouldHaveSingleItem();

        part.Sql.ShouldBe(sql);
        part.Names.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("select 1 /* ; @a */+ 2", "select 1  + 2")]
    [InlineData("select 1 -- ; it's @a\n+ 2", "select 1  + 2")]
    [InlineData("select 1 -- ; @a", "select 1")]
    public void Of_Comments_AreLeftOut(string sql, string expected) =>
        PositionalText.Of(sql).ShouldHaveSingleItem().Sql.ShouldBe(expected);

    [Fact]
    public void Of_NothingButSpace_IsNoStatement() => PositionalText.Of(" ;\n; ").ShouldBeEmpty();
}
