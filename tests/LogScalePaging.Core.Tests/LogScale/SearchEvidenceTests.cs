using LogScalePaging.LogScale.Jobs;

namespace LogScalePaging.Core.Tests.LogScale;

public sealed class SearchEvidenceTests
{
    [Fact]
    public void Doubts_are_kept_once_in_their_order()
    {
        var evidence = new SearchEvidence();
        foreach (var why in new[] { "b", "a", "b" })
            evidence.Question(why);
        Assert.Equal(["b", "a"], evidence.Doubts);
    }

    [Fact]
    public void A_server_that_always_doubts_does_not_fill_the_memory()
    {
        var evidence = new SearchEvidence();
        for (var i = 0; i < 1_000; i++)
            evidence.Question(i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(20, evidence.Doubts.Count);
        Assert.Equal("0", evidence.Doubts[0]);
    }

    [Theory]
    [InlineData("The result is partial: a node is down", true)]
    [InlineData("Query is running on a slow host", false)]
    public void Only_warnings_that_question_the_result_are_doubts(string warning, bool doubted)
    {
        var evidence = new SearchEvidence();
        evidence.Note(new QueryResult { Metadata = new QueryMetadata { Warnings = [warning] } });
        Assert.Equal(doubted ? [$"the server warns: {warning}"] : [], evidence.Doubts);
    }
}
