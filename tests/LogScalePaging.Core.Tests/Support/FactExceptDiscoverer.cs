using Xunit.Abstractions;
using Xunit.Sdk;

namespace LogScalePaging.Core.Tests.Support;

/// <summary>Finds no test where the run at hand leaves it out.</summary>
public sealed class FactExceptDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        var runs = factAttribute.GetNamedArgument<Runs>(nameof(FactExceptAttribute.Runs));
        return (runs & FactExceptAttribute.Current) == 0
            ? new FactDiscoverer(messages).Discover(discoveryOptions, testMethod, factAttribute)
            : [];
    }
}
