using LogScalePaging.LogScale.Cql;

namespace LogScalePaging.Core.Tests.LogScale.Cql;

public sealed class CqlLexerTests
{
    [Theory]
    [InlineData("a=b | count()", "Word:a Operator:= Word:b Pipe:| Word:count OpenCall:( CloseParen:)")]
    [InlineData("a=b // | head(1)\n| c", "Word:a Operator:= Word:b Pipe:| Word:c")]
    [InlineData("// only a comment", "")]
    [InlineData("", "")]
    [InlineData(" \t\r\n\f", "")]
    [InlineData("a /* | head(1) \n \"*/ b", "Word:a Word:b")]
    [InlineData("a|/* x *///y\n b", "Word:a Pipe:| Word:b")]
    [InlineData("https://www.example.com/x", "Word:https://www.example.com/x")]
    [InlineData("https: //www.example.com", "Word:https:")]
    [InlineData("repo.name=docker/* | x", "Word:repo.name Operator:= Word:docker/* Pipe:| Word:x")]
    [InlineData("\"| head( // /* \" x", "Text:\"| head( // /* \" Word:x")]
    [InlineData("\"a\\\"b\\\\\"", "Text:\"a\\\"b\\\\\"")]
    [InlineData("x=\"(?<a>\\S+)\"", "Word:x Operator:= Text:\"(?<a>\\S+)\"")]
    [InlineData("/a|b\\/c{2}(\"d\")/i", "Regex:/a|b\\/c{2}(\"d\")/i")]
    [InlineData("x=/[a-z|]+\\/$/iF | y", "Word:x Operator:= Regex:/[a-z|]+\\/$/iF Pipe:| Word:y")]
    [InlineData("NOT /x y/", "Word:NOT Regex:/x y/")]
    [InlineData("a like /x/", "Word:a Word:like Regex:/x/")]
    [InlineData("x := a / b", "Word:x Operator::= Word:a Operator:/ Word:b")]
    [InlineData("x := a / lower(b) / c",
        "Word:x Operator::= Word:a Operator:/ Word:lower OpenCall:( Word:b CloseParen:) Operator:/ Word:c")]
    [InlineData("a:=m/fisk/i", "Word:a Operator::= Word:m/fisk/i")]
    [InlineData("foo=m/fisk/i", "Word:foo Operator:= Word:m/fisk/i")]
    [InlineData("test(a / 2 > b / (c))",
        "Word:test OpenCall:( Word:a Operator:/ Word:2 Operator:> Word:b Operator:/ OpenGroup:( Word:c CloseParen:) CloseParen:)")]
    [InlineData("case { a=1 | b; /x/ | c ; }",
        "Word:case OpenBrace:{ Word:a Operator:= Word:1 Pipe:| Word:b Semicolon:; Regex:/x/ Pipe:| Word:c Semicolon:; CloseBrace:}")]
    [InlineData("f match { /x/ => a ; * => *; }",
        "Word:f Word:match OpenBrace:{ Regex:/x/ Operator:=> Word:a Semicolon:; Word:* Operator:=> Word:* Semicolon:; CloseBrace:}")]
    [InlineData("A: {x=1} <=> B", "Word:A: OpenBrace:{ Word:x Operator:= Word:1 CloseBrace:} Operator:<=> Word:B")]
    [InlineData("$crowdstrike/fltr-core:zComputerName()", "SavedQuery:$crowdstrike/fltr-core:zComputerName OpenCall:( CloseParen:)")]
    [InlineData("$\"microsoft/azuread:Parse Target\"(x=1)",
        "SavedQuery:$\"microsoft/azuread:Parse Target\" OpenCall:( Word:x Operator:= Word:1 CloseParen:)")]
    [InlineData("a=?name b=?{ n = \"x|}\" } c=?\"q r\" ?{x=*}",
        "Word:a Operator:= Parameter:?name Word:b Operator:= Parameter:?{ n = \"x|}\" } Word:c Operator:= Parameter:?\"q r\" Parameter:?{x=*}")]
    [InlineData("user.`e-mail (x)`[0].y", "Word:user.`e-mail (x)` OpenList:[ Word:0 CloseList:] Word:.y")]
    [InlineData("#event_simpleName=ProcessRollup2 (a=1 OR b=2)",
        "Word:#event_simpleName Operator:= Word:ProcessRollup2 OpenGroup:( Word:a Operator:= Word:1 Word:OR Word:b Operator:= Word:2 CloseParen:)")]
    [InlineData("* (a) not(b)", "Word:* OpenGroup:( Word:a CloseParen:) Word:not OpenGroup:( Word:b CloseParen:)")]
    [InlineData("x!=y a<=1 b=~in(values=[c])",
        "Word:x Operator:!= Word:y Word:a Operator:<= Word:1 Word:b Operator:=~ Word:in OpenCall:( Word:values Operator:= OpenList:[ Word:c CloseList:] CloseParen:)")]
    [InlineData("foo /bar/", "Word:foo Operator:/bar/")]
    [InlineData("foo / bar", "Word:foo Operator:/ Word:bar")]
    [InlineData("Zürich=Köln", "Word:Zürich Operator:= Word:Köln")]
    public void A_query_is_cut_into_tokens(string query, string expected)
    {
        var read = CqlLexer.Read(query);
        Assert.Null(read.Problem);
        Assert.Equal(expected, string.Join(" ", read.Items.Select((t, i) => $"{t.Kind}:{read.Written(i)}")));
    }

    [Theory]
    [InlineData("\"open", "not closed")]
    [InlineData("\"open\n\"", "not closed")]
    [InlineData("\"open\\\"", "not closed")]
    [InlineData("x=/open", "not closed")]
    [InlineData("x=/open\n/", "not closed")]
    [InlineData("/* open", "comment")]
    [InlineData("/* a /* b */", "comment")]
    [InlineData("/*/", "comment")]
    [InlineData("(", "not closed")]
    [InlineData("{[}]", "has no opening bracket")]
    [InlineData(")", "has no opening bracket")]
    [InlineData("case { a ; b", "not closed")]
    [InlineData("user.`open", "'`'")]
    [InlineData("a='b'", "'''")]
    [InlineData("a\u00a0b", "U+00A0")]
    [InlineData("a\vb", "U+000B")]
    [InlineData("CommandLine=/[-/][ix]/i", "brackets of a regular expression")]
    [InlineData("a=/(?<F>[^\\\\/|]*)$/", "brackets of a regular expression")]
    [InlineData("a=/[]/]/", "brackets of a regular expression")]
    [InlineData("a=/[[b]/]/", "brackets of a regular expression")]
    [InlineData("path=/var/log", "flag")]
    [InlineData("a=/b/(c)", "where a regular expression ends")]
    [InlineData("foo /b | head(1)/", "divides")]
    [InlineData("x := [a]\n| y z / b(c) / d", "divides")]
    [InlineData("x := a//b | head(1)", "comment")]
    [InlineData("f(a/*b, c)", "comment")]
    [InlineData("a=\"x\"// | head(1)", "comment")]
    [InlineData("error (a OR b)", "space belongs")]
    [InlineData("?fn(x)", "not a name")]
    [InlineData("\"a\"(x)", "not a name")]
    [InlineData("a=?", "name is missing")]
    [InlineData("a=$ b", "name is missing")]
    [InlineData("$a//b()", "saved query ends")]
    [InlineData("?{a=b|c}", "parameter")]
    [InlineData("?{a=\"b\" c}", "parameter")]
    [InlineData("f(a | b)", "is not expected here")]
    [InlineData("a ; b", "is not expected here")]
    public void Invalid_or_ambiguous_text_is_reported_and_not_guessed(string query, string problem)
    {
        Assert.Contains(problem, CqlLexer.Read(query).Problem, StringComparison.Ordinal);
        Assert.False(CqlQuery.Analyze(query).Cutting.Allowed);
        Assert.StartsWith("the query is not understood: ", CqlQuery.Analyze(query).Cutting.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_gives_tokens_or_a_problem()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        string[] pieces = ["/", "//", "/*", "*/", "\"", "\\", "(", ")", "[", "]", "{", "}", "|", ";", ",", "?", "$", "?{", "`", ":=", "=",
            "=~", " ", "\n", "now(", "head(", "a", "@id", "@timestamp", "select([", "é", "\u0000", "\ud800"];
        for (var round = 0; round < 20_000; round++)
        {
            var query = string.Concat(
                Enumerable.Range(0, random.Next(40)).Select(
                    _ => random.Next(6) == 0 ? ((char)random.Next(65_536)).ToString() : pieces[random.Next(pieces.Length)]));
            try
            {
                var read = CqlLexer.Read(query);
                var traits = CqlQuery.Analyze(query);
                Assert.True(read.Items.Zip(read.Items.Skip(1), (a, b) => a.Start < a.End && a.End <= b.Start).All(ok => ok),
                    "tokens overlap");
                Assert.NotEmpty(traits.Cutting.Reason);
                Assert.True(read.Problem is null || !traits.Cutting.Allowed);
            }
            catch (Exception e)
            {
                Assert.Fail(
                    $"seed {seed}, round {round}, query {string.Join(" ", query.Select(c => ((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture)))}: {e}");
            }
        }
    }

    // A lexer with quadratic time would take hours here, and a recursive one would end the process.
    [Theory]
    [InlineData("(")]
    [InlineData("a(")]
    [InlineData("a(x,")]
    [InlineData("select([@id,")]
    [InlineData("{")]
    [InlineData("case { a;")]
    [InlineData("[@id ")]
    [InlineData("/ ")]
    [InlineData("a / ")]
    [InlineData("a //b\n")]
    [InlineData("\\/ ")]
    [InlineData("/\\/")]
    [InlineData("x := a/*b")]
    [InlineData("`a`")]
    [InlineData("/**/")]
    [InlineData("\"a\" ")]
    [InlineData("?a ")]
    [InlineData("$a() | ")]
    [InlineData("now ()")]
    [InlineData("=/[")]
    public void A_long_query_takes_no_longer_than_its_length(string piece)
    {
        var query = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        Assert.NotEmpty(CqlQuery.Analyze(query).Cutting.Reason);
        Assert.NotEmpty(CqlQuery.Analyze(query + "'").Cutting.Reason);
        Assert.NotEmpty(CqlQuery.Analyze("x := " + query).Cutting.Reason);
    }
}
