using LogScalePaging.Diagnostics;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace LogScalePaging.Architecture.Tests;

/// <summary>
/// The limit of records is enforced once on the way in (RecordLimit, which the pager uses too), and once in the assembly (PartSequence).
/// A new place fails here. Use one of the two instead.
/// </summary>
public sealed class LimitTests : IDisposable
{
    private readonly AssemblyDefinition _engine = AssemblyDefinition.ReadAssembly(typeof(SignalLog).Assembly.Location);

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Records_are_cut_only_by_the_limit()
    {
        var cutters = Users(method => method is { Name: "Take" or "RemoveRange" or "GetRange", DeclaringType: var type }
            && (type.FullName == "System.Linq.Enumerable" || type.Name == "List`1")
            && Arguments(method).Any(a => a.FullName == "LogScalePaging.Records.Record"));

        var others = new[]
        {
            "AroundStrategy", // the events that show the order
            "AxiomTimeStrategy", // the page without its last instant, which the next page repeats
            "NearestEvents", // the numbers of events before and after an event
            "SliceIdentities", // the records before the first one that another slice has
        };
        Assert.Equal(others.Append("RecordLimit").Order(StringComparer.Ordinal), cutters);
    }

    [Fact]
    public void Lines_of_parts_are_cut_only_by_their_sequence() =>
        Assert.Equal(["PartSequence"], Users(method => method is { Name: "Take", DeclaringType.Name: "Lines" }));

    [Fact]
    public void Each_way_in_uses_the_limit_once()
    {
        // Pages of windows, pages that answers lacked, pages of live searches, events around an event, and streams.
        Assert.Equal(["AroundSearch", "EventStream", "FirstPages", "LiveSearch", "SearchPages", "WindowPages"],
            Users(method => method is { Name: "Cut", DeclaringType.Name: "RecordLimit" }));
        // All other pages come from the pager, which does not count records beyond the limit.
        Assert.Equal(["Pager`3"], Users(method => method is { Name: "get_Limit", DeclaringType.Name: "PagerOptions" }));
        Assert.Single(SourceTexts.Of("LogScalePaging.Core"), text => text.Contains("the limit of ") && text.Contains(" is reached"));
    }

    [Fact]
    public void The_limit_of_a_saved_export_cuts_only_in_the_assembly()
    {
        var others = new[]
        {
            "CheckpointCheck", // whether it is a number
            "ExportFetch", // whether the notes of the verdict need to be read again
            "ExportRun", // the verdict on a run that broke off
            "ManifestBuilder", // the manifest
            "ResumeNotes", // the request of a resumption
            "SameExport", // whether the request is the same
        };
        Assert.Equal(others.Append("PartSequence").Order(StringComparer.Ordinal),
            Users(method => method is { Name: "get_MaxEvents", DeclaringType.Name: "ExportState" }));
    }

    private static IEnumerable<TypeReference> Arguments(MethodReference method) =>
        (method as GenericInstanceMethod)?.GenericArguments.AsEnumerable()
        ?? (method.DeclaringType as GenericInstanceType)?.GenericArguments.AsEnumerable() ?? [];

    // The types whose code calls a method of another type.
    private List<string> Users(Func<MethodReference, bool> wanted) =>
        [.. _engine.MainModule.Types.Where(type => Methods(type).Any(method => method.HasBody && method.Body.Instructions.Any(i =>
            i.OpCode.Code is Code.Call or Code.Callvirt && i.Operand is MethodReference called
                && called.DeclaringType.Name != type.Name && wanted(called))))
            .Select(type => type.Name).Order(StringComparer.Ordinal)];

    private static IEnumerable<MethodDefinition> Methods(TypeDefinition type) => type.Methods.Concat(type.NestedTypes.SelectMany(Methods));
}
