using LogScalePaging.Export.Slices;

namespace LogScalePaging.Core.Tests.Slices;

public sealed class SliceIndexTests
{
    [Theory]
    [InlineData(null, "3", null, 3)]
    [InlineData(null, null, "0", 0)]
    [InlineData(null, "2", " 2 ", 2)]
    [InlineData(5, null, null, 5)]
    [InlineData(5, "3", null, 5)]
    [InlineData(5, "", "", 5)]
    public void It_is_named_by_the_user_or_by_the_engine(int? given, string? slurm, string? kubernetes, int expected) =>
        Assert.Equal(expected, SliceIndex.Of(given, Environment(slurm, kubernetes)));

    [Theory]
    [InlineData(null, null, null, "is missing")]
    [InlineData(null, "", "", "is missing")]
    [InlineData(null, "1", "2", "is 1, but JOB_COMPLETION_INDEX is 2")]
    [InlineData(1, "1", "2", "Unset one of them")]
    [InlineData(null, "-1", null, "not the index of a slice")]
    [InlineData(null, "one", null, "not the index of a slice")]
    [InlineData(0, null, "99999999999", "not the index of a slice")]
    public void Otherwise_the_message_says_why(int? given, string? slurm, string? kubernetes, string why) =>
        Assert.Contains(why, Assert.Throws<ArgumentException>(() => SliceIndex.Of(given, Environment(slurm, kubernetes))).Message);

    private static Func<string, string?> Environment(string? slurm, string? kubernetes) =>
        name => name == SliceIndex.SlurmVariable ? slurm : name == SliceIndex.KubernetesVariable ? kubernetes : null;
}
