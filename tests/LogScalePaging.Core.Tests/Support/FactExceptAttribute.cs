using LogScalePaging.Core.Tests.Export;
using Xunit.Sdk;

namespace LogScalePaging.Core.Tests.Support;

/// <summary>
/// A test that some runs leave out, and why. CONTRIBUTING.md lists these tests; a test compares.
/// A test that is left out does not exist in that run, so it does not count as skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("LogScalePaging.Core.Tests.Support." + nameof(FactExceptDiscoverer), DiscovererAssembly)]
public sealed class FactExceptAttribute : FactAttribute
{
#if NETSTANDARD_ENGINE
    private const string DiscovererAssembly = "LogScalePaging.NetStandard.Tests";
#else
    private const string DiscovererAssembly = "LogScalePaging.Core.Tests";
#endif

    /// <summary>The run at hand; 0 for the net8.0 engine.</summary>
    internal const Runs Current =
#if NETFRAMEWORK
        Runs.Mono;
#elif NETSTANDARD_ENGINE
        Runs.NetStandardOnNet;
#else
        0;
#endif

    /// <param name="runs">The runs that leave it out.</param>
    /// <param name="because">A constant of <see cref="Differences"/>.</param>
    /// <param name="needs">A program that the test needs, and arguments for a call that succeeds when it will do.</param>
    public FactExceptAttribute(Runs runs, string because, params string[] needs)
    {
        (Runs, Because) = (runs, because);
        if (needs.Length > 0)
            Skip = new NeedsAttribute(needs[0], [.. needs.Skip(1)]).Skip;
    }

    /// <summary>The runs that leave it out.</summary>
    public Runs Runs { get; }

    /// <summary>Why they do.</summary>
    public string Because { get; }
}
