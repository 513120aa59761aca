using LogScalePaging.Paging.Positions;
using LogScalePaging.Search;
using LogScalePaging.Tanium;

namespace LogScalePaging.Core.Tests.Tanium;

public sealed class TaniumRequestTests
{
    private const string Text =
        "query($first: Int, $after: Cursor, $f: F) { endpoints(first: $first, after: $after, filter: $f) { edges { node { id } } "
        + "pageInfo { hasNextPage endCursor } } }";

    [Fact]
    public void A_field_comes_back_from_what_a_checkpoint_keeps()
    {
        var request = new TaniumRequest
        {
            Field = "endpoints",
            Properties = ["id", "os{name,platform}"],
            Backward = true,
            Refresh = true,
            PageSize = 7,
            NoVerify = true,
            MaxEvents = 9
        };
        var restored = Restored(request);

        Assert.Equal(request.Properties, restored.Properties);
        Assert.Equal(request with { Properties = restored.Properties, Arguments = restored.Arguments }, restored);
    }

    [Fact]
    public void A_query_comes_back_from_what_a_checkpoint_keeps()
    {
        var request = new TaniumRequest { Query = Text, Arguments = new Dictionary<string, string> { ["f"] = "{\"a\":[1]}" } };
        var restored = Restored(request);

        Assert.Equal(("{\"a\":[1]}", Text, "endpoints"), (restored.Arguments["f"], restored.Query, restored.Name));
        Assert.Equal(request with { Properties = restored.Properties, Arguments = restored.Arguments }, restored);
    }

    [Fact]
    public void The_title_names_what_is_read()
    {
        Assert.Equal("endpoints id,os{name}", new TaniumRequest { Field = "endpoints", Properties = ["id", "os{name}"] }.Title);
        Assert.Equal(Text, new TaniumRequest { Query = Text }.Title);
    }

    [Fact]
    public void A_checkpoint_that_was_edited_is_refused() => Assert.Throws<FormatException>(() => Systems.Restore(
        new SavedSearch(new WalkIdentity("Tanium", "https://x", "endpoints", "a } b {"), new Dictionary<string, string>())));

    [Theory]
    [InlineData("endpoints", "id", 0, null, "page size must be between 1 and 10,000, not 0")]
    [InlineData("endpoints", "id", 10_001, null, "page size must be between 1 and 10,000")]
    [InlineData("endpoints", "id", 1, 0L, "limit of records")]
    [InlineData("endpoints", "", 1, null, "fields of the records are missing")]
    [InlineData("endpoints", "id,id", 1, null, "'id' is given twice")]
    [InlineData("endpoints", "a } b {", 1, null, "is not a field of a record")]
    [InlineData("a(b: 1)", "id", 1, null, "is not the name of a field")]
    [InlineData("", "id", 1, null, "is not the name of a field")]
    public void A_setting_that_cannot_be_used_is_refused(string field, string properties, int pageSize, long? most, string why) =>
        Assert.Contains(
        why,
        Assert.Throws<ArgumentException>(() =>
            new TaniumRequest
            {
                Field = field,
                Properties = TaniumRequest.SplitProperties(properties),
                PageSize = pageSize,
                MaxEvents = most
            }.EnsureValid()).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Settings_that_do_not_go_together_are_refused()
    {
        var values = new Dictionary<string, string> { ["f"] = "nope" };
        Assert.Contains("neither a field nor a query", Error(new TaniumRequest()), StringComparison.Ordinal);
        Assert.Contains("a field and a query", Error(new TaniumRequest { Field = "a", Query = Text, Properties = ["id"] }),
            StringComparison.Ordinal);
        Assert.Contains("names the fields of its records itself", Error(new TaniumRequest { Query = Text, Properties = ["id"] }),
            StringComparison.Ordinal);
        Assert.Contains("require a query", Error(new TaniumRequest { Field = "a", Properties = ["id"], Arguments = values }),
            StringComparison.Ordinal);
        Assert.Contains("The value of $f is not valid JSON", Error(new TaniumRequest { Query = Text, Arguments = values }),
            StringComparison.Ordinal);
        Assert.Contains("Only queries are read", Error(new TaniumRequest { Query = "mutation { x { edges } }" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example-api.cloud.tanium.com")]
    [InlineData("https://example-api.cloud.tanium.com/plugin/products/gateway/graphql")]
    [InlineData("https://example-api.cloud.tanium.com/plugin/products/gateway/graphql/")]
    public void The_token_goes_into_the_header_session(string url)
    {
        using var connection = new TaniumSettings { BaseUrl = url }.Connect(name => name == TaniumSettings.TokenVariable
            ? " token-abc " : null);
        var options = connection.Transport.Options;
        Assert.Equal(("session", "", "https://example-api.cloud.tanium.com/"),
            (options.TokenHeader, options.TokenPrefix, connection.Transport.BaseUrl.AbsoluteUri));
    }

    [Theory]
    [InlineData("TANIUM_URL", "TANIUM_TOKEN", "The token is missing")]
    [InlineData("TANIUM_TOKEN", "TANIUM_URL", "The server is missing")]
    public void A_setting_that_is_missing_is_named(string given, string missing, string why)
    {
        var error = Assert.Throws<ArgumentException>(() => new TaniumSettings().Connect(name => name == given ? "https://x" : null));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Contains(missing, error.Message, StringComparison.Ordinal);
    }

    private static string Error(TaniumRequest request) => Assert.Throws<ArgumentException>(request.EnsureValid).Message;

    private static TaniumRequest Restored(TaniumRequest request)
    {
        var identity = new WalkIdentity("Tanium", "https://x", request.Name,
            request.IdentityQuery)
        { Arguments = request.IdentityArguments };
        return Assert.IsType<TaniumRequest>(Systems.Restore(new SavedSearch(identity,
            request.ToNotes())
        { MaxEvents = request.MaxEvents }));
    }
}
