using LogScalePaging.Support;

namespace LogScalePaging.EndToEnd.Tests.Gate;

public class DefaultSignalsTests
{
    [Fact]
    public void Programs_that_the_tests_start_can_be_interrupted() => Assert.False(DefaultSignals.IsIgnored(2));
}
