using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Verification;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.EndToEnd.Tests.Support;

/// <summary>The outcome of a run: its verdict or its error, and the rows that it passed on or wrote.</summary>
internal sealed record VerdictRun(string Where)
{
    public Completeness? Verdict { get; init; }

    /// <summary>The exception that it threw, or that broke it.</summary>
    public Exception? Error { get; init; }

    /// <summary>The rows, decoded: bytes that are not UTF-8 are U+FFFD here.</summary>
    public IReadOnlyList<string> Rows { get; init; } = [];

    public string? Strategy { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Of an export that wrote its output.</summary>
    public ExportManifest? Manifest { get; init; }

    /// <summary>What the verifier says of the output; null when there is none.</summary>
    public VerificationResult? Verification { get; init; }

    public CompletenessState? State => Verdict?.State;

    /// <summary>Whether the rows are the truth: every row exactly as often, whatever the order.</summary>
    public bool IsExactly(IEnumerable<string> truth) => Sorted(Rows).SequenceEqual(Sorted(truth));

    /// <summary>Asserts that it is Complete over exactly the true rows, and that the verifier agrees.</summary>
    public void AssertComplete(IReadOnlyList<string> truth)
    {
        Assert.True(State == CompletenessState.Complete && IsExactly(truth), $"Complete over {truth.Count} rows was expected: {this}");
        AssertVerified();
    }

    /// <summary>Asserts that it does not claim to be complete when it is not, and that it is explained.</summary>
    public void AssertHonest(IReadOnlyList<string> truth)
    {
        Assert.True(State != CompletenessState.Complete || IsExactly(truth), $"Complete, but not the {truth.Count} true rows: {this}");
        AssertReasoned();
    }

    /// <summary>Asserts what holds of every run: only known errors, a reason, a warning of every doubt, a verifier that agrees.</summary>
    public void AssertReasoned()
    {
        Assert.True(Verdict is not null || Error is not null, $"neither a verdict nor an error: {this}");
        Assert.True(Error is null || IsKnown(Error), $"not a known error: {this}\n{Error}");
        Assert.True(Verdict is null || !string.IsNullOrWhiteSpace(Verdict.Reason), $"no reason: {this}");
        Assert.True(Error is not null || State == CompletenessState.Complete || Warnings.Count > 0, $"no warning: {this}");
        AssertVerified();
    }

    /// <summary>Asserts that the verifier finds nothing wrong with the output, if there is one.</summary>
    public void AssertVerified()
    {
        var failed = Verification?.Findings.Where(f => !f.Passed).Select(f => $"{f.Check}: {f.Expected} but {f.Actual} {f.Detail}");
        Assert.True(Verification is null || Verification.IsValid, $"the verifier disagrees: {string.Join("; ", failed ?? [])}\n{this}");
    }

    public override string ToString()
    {
        var said = Error is null ? $"{State}: {Verdict?.Reason}" : $"{State} {Error.GetType().Name}: {Error.Message}";
        var numbers = Verdict is not { } v ? ""
            : $" [before {v.ExpectedBefore}, after {v.ExpectedAfter}, received {v.Received}, missing {v.Missing}, late {v.Late}]";
        return $"{Where} by {Strategy}: {Rows.Count} rows, {Rows.Distinct(StringComparer.Ordinal).Count()} distinct; {said}{numbers}";
    }

    /// <summary>An error that a user can act on, and not a bug.</summary>
    private static bool IsKnown(Exception error) => error switch
    {
        PagingException { InnerException: { } cause } => cause is FormatException or System.Text.Json.JsonException
            || cause.GetType().Namespace!.StartsWith("LogScalePaging", StringComparison.Ordinal),
        PagingException or ApiException or ExportException or CheckpointMismatchException => true,
        _ => false,
    };

    private static IEnumerable<string> Sorted(IEnumerable<string> rows) => rows.Order(StringComparer.Ordinal);
}
