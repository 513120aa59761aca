using System.Text;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.Paging.Positions;

namespace LogScalePaging.Core.Tests.Export;

public sealed class PatternExportTests
{
    private const string First = """{"@timestamp":2,"@id":"a","Foo":"1","foo":"2","n":1.0e3,"nested":{"x":[1]}}""";
    private const string Second = """{"@id":"b","n":"\u00fc","foo":"3","@timestamp":1,"Foo":"4","n":""}""";

    [Theory]
    [InlineData("*", null, First, """{"@id":"b","n":"","foo":"3","@timestamp":1,"Foo":"4"}""")]
    [InlineData("n*", null, """{"n":1.0e3,"nested":{"x":[1]}}""", """{"n":""}""")]
    [InlineData("foo,@*", null, """{"foo":"2","@timestamp":2,"@id":"a"}""", """{"foo":"3","@id":"b","@timestamp":1}""")]
    [InlineData("FOO*", "n", """{"Foo":"1","foo":"2"}""", """{"foo":"3","Foo":"4"}""")]
    [InlineData(null, "@*,n*", """{"Foo":"1","foo":"2"}""", """{"foo":"3","Foo":"4"}""")]
    [InlineData(null, "*", "{}", "{}")]
    public void A_json_row_keeps_the_servers_bytes_in_the_order_of_the_entries(string? include, string? exclude, string first,
        string second)
    {
        using var folder = new TempFolder();
        var target = Target(folder, "x.ndjson", include, exclude);
        Make.Export(target, [Make.Event(First), Make.Event(Second)]);
        Assert.Equal([first, second], File.ReadAllLines(target.Path));
    }

    [Theory]
    [InlineData("foo,@*", null, "foo,@timestamp,@id")]
    [InlineData("@id,f*", null, "@id,Foo,foo")]
    [InlineData(null, "n*,Foo", "@timestamp,@id,foo")]
    [InlineData("absent,@i*", null, "absent,@id")]
    public void A_csv_has_the_columns_of_the_entries(string? include, string? exclude, string header)
    {
        using var folder = new TempFolder();
        var target = Target(folder, "x.csv", include, exclude);
        var finished = Make.Export(target, [Make.Event(First), Make.Event(Second)]);
        Assert.Equal(header, File.ReadLines(target.Path).First());
        Assert.Equal(header.Split(','), finished.Columns);
    }

    [Theory]
    [InlineData("x.csv")]
    [InlineData("x.ndjson")]
    public void Entries_that_no_event_has_are_named(string name)
    {
        using var folder = new TempFolder();
        var signals = new SignalLog();
        var finished = Make.Export(Target(folder, name, "absent,no*,n*,@id", "@i*,gone"), [Make.Event(First), Make.Event(Second)], signals);
        Assert.Equal(["absent", "no*"], finished.EmptyFields);
        Assert.Equal(2, signals.CountOf(SignalKind.EmptyField));
    }

    [Theory]
    [InlineData("x.csv")]
    [InlineData("x.ndjson")]
    [InlineData("x.json")]
    public void A_resumed_export_has_the_same_bytes(string name)
    {
        using var folder = new TempFolder();
        var events = Make.Events(60);
        var undisturbed = Target(folder, "whole-" + name, "n,t*,@*", "@id");
        Make.Export(undisturbed, events);
        var target = Target(folder, name, "n,t*,@*", "@id");
        using (var store = ExportStore.Create(target, Make.State()))
            store.AddPart("a", events.Take(25));
        using (var resumed = ExportStore.Resume(target, s => s))
        {
            resumed.AddPart("a", events.Skip(25), done: true);
            resumed.Assemble(new SignalLog(), null, CancellationToken.None);
        }
        Assert.Equal(File.ReadAllText(undisturbed.Path, Encoding.UTF8), File.ReadAllText(target.Path, Encoding.UTF8));
    }

    [Fact]
    public void A_run_with_other_exclusions_is_not_resumed()
    {
        using var folder = new TempFolder();
        var target = Target(folder, "x.ndjson", null, "n");
        using (var store = ExportStore.Create(target, Make.State()))
            store.AddPart("a", Make.Events(3));
        var other = Assert.Throws<CheckpointMismatchException>(() => ExportStore.Resume(target with { ExcludeProperty = null }, s => s));
        Assert.Contains("list of excluded fields", other.Message, StringComparison.Ordinal);
    }

    private static ExportTarget Target(TempFolder folder, string name, string? include, string? exclude) =>
        folder.Target(name) with { Property = include?.Split(','), ExcludeProperty = exclude?.Split(',') };
}
