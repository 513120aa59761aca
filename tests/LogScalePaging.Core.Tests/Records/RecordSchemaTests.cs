using LogScalePaging.LogScale.Events;
using LogScalePaging.Records;

namespace LogScalePaging.Core.Tests.Records;

public sealed class RecordSchemaTests
{
    public static TheoryData<string, RecordSchema> Bad => new()
    {
        { "identity field", Schemas.Iso with { IdentityField = "" } },
        { "identity field", Schemas.Iso with { IdentityField = new string('x', 1_025) } },
        { "identity field", Schemas.Iso with { IdentityField = "a\uD83D" } },
        { "time field", Schemas.Iso with { TimeField = "\uDE00\uD83D" } },
        { "ingest field", Schemas.Iso with { IngestField = "" } },
        { "two purposes", Schemas.Iso with { TimeField = "_rowId" } },
        { "two purposes", Schemas.Iso with { IngestField = "_time" } },
        { "time unit '9'", Schemas.Iso with { TimeUnit = (TimeUnit)9 } },
        { "order '-1'", Schemas.Iso with { Order = (RecordOrder)(-1) } },
        { "values '7'", Schemas.Iso with { Values = (RecordValues)7 } },
        { "noun", Schemas.Iso with { Noun = "" } },
        { "noun", Schemas.Iso with { Noun = null! } },
        { "noun", Schemas.Iso with { Noun = "\u001b[31m" } },
        { "noun", Schemas.Iso with { Noun = new string('n', 41) } },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_schema_that_no_system_has_is_refused_with_the_reason(string why, RecordSchema schema)
    {
        var error = Assert.Throws<FormatException>(schema.EnsureSound);

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', error.Message);
    }

    [Fact]
    public void The_schemas_of_systems_are_sound()
    {
        RecordSchema[] sound =
        [
            LogScaleEvents.Schema, Schemas.Iso, Schemas.Alerts, Schemas.Ids, Schemas.Nanoseconds,
            Schemas.Iso with { IdentityField = "a\n😀" },
        ];

        foreach (var schema in sound)
            schema.EnsureSound();

        Assert.Equal(sound.Length, sound.Distinct().Count());
    }
}
