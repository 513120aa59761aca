using System.Text.Json.Serialization;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Manifest;

/// <summary>An output that is complete and has its final names.</summary>
public sealed record FinishedExport
{
    /// <summary>Its files, in the order of the output.</summary>
    public required IReadOnlyList<OutputFile> Files { get; init; }

    /// <summary>Events in all files.</summary>
    public required long Events { get; init; }

    /// <summary>Columns of a csv, or the requested fields; null if events are kept unchanged.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>
    /// True if the records are in the order of the schema, or newest first if that is <see cref="RecordOrder.AsSent"/>. Records without a
    /// time are ignored.
    /// </summary>
    public bool Ordered { get; init; } = true;

    /// <summary>Cells of a csv that a spreadsheet would read as formulas.</summary>
    public long FormulaLikeCells { get; init; }

    /// <summary>Times that stay as the server sent them, although they were to be converted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long TimesKept { get; init; }

    /// <summary>Those of them that look like converted times.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long TimesAsText { get; init; }

    /// <summary>Events with bytes that are not valid UTF-8, written as U+FFFD.</summary>
    public long InvalidUtf8 { get; init; }

    /// <summary>Events of the range that were left out, because an earlier output of the same schedule has them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Known { get; init; }

    /// <summary>Requested fields without a value in any event; null if there are none.</summary>
    public IReadOnlyList<string>? EmptyFields { get; init; }

    /// <summary>The first event; null when there is none.</summary>
    public RecordMark? First { get; init; }

    /// <summary>The last event; null when there is none.</summary>
    public RecordMark? Last { get; init; }

    /// <summary>Bytes of all files as they are on disk.</summary>
    public long Bytes => Files.Sum(f => f.Bytes);
}
