namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>The outcome of a command line.</summary>
internal sealed record CliOutcome(int Code, string Out, string Error)
{
    /// <summary>The lines that name an error.</summary>
    public IReadOnlyList<string> Errors => [.. Error.Split('\n').Where(l => l.StartsWith("error: ", StringComparison.Ordinal))];

    /// <summary>Asserts that it failed in this way, with one error that says this, and on standard error alone.</summary>
    public void Failed(int code, params string[] words)
    {
        Assert.Equal(code, Code);
        var error = Assert.Single(Errors);
        foreach (var word in words)
            Assert.Contains(word, Error, StringComparison.OrdinalIgnoreCase);
        Assert.True(error.Length > 20, error);
        Assert.Empty(Out);
    }
}
