using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Store;

namespace LogScalePaging.Core.Tests.Export;

public sealed class EmptyFieldsTests
{
    [Theory]
    [InlineData("x.csv")]
    [InlineData("x.ndjson")]
    [InlineData("x.json.gz")]
    public void A_field_that_no_event_has_a_value_in_is_named(string name)
    {
        using var folder = new TempFolder();
        var signals = new SignalLog();
        var finished = Make.Export(
            folder.Target(name) with { Property = ["here", "later", "absent", "blank", "zero"] },
            [Make.Event("""{"here":"a","blank":"","zero":0}"""), Make.Event("""{"here":"b","later":"c"}""")],
            signals);
        Assert.Equal(["absent", "blank"], finished.EmptyFields);
        Assert.Equal(2, signals.CountOf(SignalKind.EmptyField));
        Assert.Equal(
            "No record has a value in the fields 'absent', 'blank' of -Property (--fields). Field names are case-sensitive. Compare them with the names in a record.",
            Assert.Single(signals.Warnings).Message);
    }

    [Fact]
    public void There_is_no_warning_without_events_or_for_fields_that_were_not_requested()
    {
        using var folder = new TempFolder();
        var signals = new SignalLog();
        Assert.Null(Make.Export(folder.Target("none.csv") with { Property = ["a"] }, [], signals).EmptyFields);
        Assert.Null(Make.Export(folder.Target("all.csv"), [Make.Event("""{"a":""}""")], signals).EmptyFields);
        Assert.Null(Make.Export(folder.Target("raw.ndjson"), [Make.Event("""{"a":""}""")], signals).EmptyFields);
        Assert.Empty(signals.Warnings);
    }

    [Fact]
    public void The_warning_is_repeated_for_an_existing_output()
    {
        using var folder = new TempFolder();
        var target = folder.Target("x.csv") with { Property = ["m,issing"] };
        using (var store = ExportStore.Create(target, Make.State()))
        {
            store.AddPart("a", Make.Events(3), done: true);
            store.Assemble(new SignalLog(), null, CancellationToken.None);
        }
        var signals = new SignalLog();
        using var resumed = ExportStore.Resume(target, s => s);
        resumed.Assemble(signals, null, CancellationToken.None);
        Assert.Contains("the field 'm,issing'", Assert.Single(signals.Warnings).Message, StringComparison.Ordinal);
    }
}
