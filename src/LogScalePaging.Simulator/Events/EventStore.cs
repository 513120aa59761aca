using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Query;
using LogScalePaging.Simulator.Query.RowSets;

namespace LogScalePaging.Simulator;

/// <summary>
/// The events of a simulated repository, as the bytes that are sent. They are sorted by <c>@timestamp</c>, and within one millisecond by
/// arrival. Thread safe. A job sees the events that existed when it was created.
/// </summary>
public sealed class EventStore
{
    private readonly object _gate = new();
    private readonly EventBuffer _buffer = new();
    private readonly DefectiveEvents _defects = new();
    private volatile EventIndex _index = EventIndex.Empty;

    public EventStore()
    {
    }

    internal EventStore(SimulatorOptions options) => Options = options;

    /// <summary>How many events there are.</summary>
    public int Count => _index.Count;

    internal EventIndex Index => _index;

    internal TagCodes Tags { get; } = new();

    internal MatchCache Cache { get; } = new();

    internal SimulatorOptions Options { get; set; } = new();

    /// <summary>Creates a store with the generated events of the options. They end at <see cref="SimulatorOptions.Now"/>.</summary>
    public static EventStore Generate(SimulatorOptions options)
    {
        var store = new EventStore(options);
        var now = options.Now ?? options.TimeProvider.GetUtcNow();
        var entries = new EventGenerator(options, store.Tags, store._buffer).Generate(now.ToUnixTimeMilliseconds());
        store._index = EventIndex.OfSorted(store._buffer.Chunks, entries);
        if (options.Defects.IsAny)
        {
            var sound = store._index;
            store.Clear();
            store.AddNormalized(Enumerable.Range(0, sound.Count).Reverse().Select(i => sound.Json(i).ToArray()));
        }
        return store;
    }

    /// <summary>Adds events, in order of arrival.</summary>
    /// <param name="json">
    /// Flat JSON objects with <c>@timestamp</c> as a number. Other fields are optional. White space between tokens is removed, and all
    /// other bytes are kept.
    /// </param>
    /// <exception cref="ArgumentException">A text is not valid.</exception>
    public void Add(IEnumerable<string> json)
    {
        byte[][] events = [.. json.Select(EventJson.Normalize)];
        AddNormalized(events);
    }

    /// <inheritdoc cref="Add(IEnumerable{string})"/>
    public void Add(params string[] json) => Add(json.AsEnumerable());

    /// <inheritdoc cref="Add(IEnumerable{string})"/>
    public void AddRange(IEnumerable<string> json) => Add(json);

    /// <summary>Deletes all events. Existing jobs keep theirs.</summary>
    public void Clear()
    {
        lock (_gate)
            _index = EventIndex.Empty;
    }

    /// <summary>Deletes the oldest events. Existing jobs keep theirs.</summary>
    public void DeleteOldest(int count)
    {
        lock (_gate)
            _index = _index.WithoutOldest(count);
    }

    /// <summary>The events that a query matches, newest first, exactly as they are sent. A complete retrieval must return them.</summary>
    /// <param name="query">
    /// In the language of the server. Stages such as <c>select</c> are applied, and no buffer limits the result.
    /// </param>
    /// <param name="startMs">Epoch milliseconds, inclusive; null for the beginning.</param>
    /// <param name="endMs">Epoch milliseconds, exclusive unless <see cref="SimulatorOptions.EndInclusive"/>; null for the end.</param>
    /// <exception cref="FormatException">The query has an error.</exception>
    public IReadOnlyList<string> Matching(string query = "*", long? startMs = null, long? endMs = null)
    {
        var rows = Select(query, startMs, endMs);
        var texts = new string[rows.Count];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = Utf8.Text(rows.Json(i));
        return texts;
    }

    /// <summary>The same as bytes, which may be invalid UTF-8.</summary>
    /// <inheritdoc cref="Matching"/>
    public IReadOnlyList<byte[]> MatchingBytes(string query = "*", long? startMs = null, long? endMs = null)
    {
        var rows = Select(query, startMs, endMs);
        var events = new byte[rows.Count][];
        for (var i = 0; i < events.Length; i++)
            events[i] = rows.Json(i).ToArray();
        return events;
    }

    /// <summary>How many events a query matches.</summary>
    /// <inheritdoc cref="Matching"/>
    public long CountMatching(string query = "*", long? startMs = null, long? endMs = null) => Select(query, startMs, endMs).Count;

    internal void AddNormalized(IEnumerable<byte[]> events)
    {
        lock (_gate)
        {
            var entries = new List<EventEntry>();
            foreach (var json in _defects.Apply(events, Options))
            {
                KnownFields.Timestamp.TryRead(json, out var time);
                time.TryInteger(out var timestamp);
                var ingested = KnownFields.IngestTimestamp.TryRead(json, out var ingest) && ingest.TryInteger(out var at) ? at : timestamp;
                var tag = KnownFields.EventName.TryRead(json, out var name) ? Tags.Of(name.Text) : (ushort)0;
                entries.Add(new EventEntry(timestamp, ingested, _buffer.Append(json), json.Length + 1, tag));
            }
            _index = _index.With(_buffer.Chunks, [.. entries]);
        }
    }

    private Rows Select(string query, long? startMs, long? endMs)
    {
        var plan = QueryPlan.Parse(query, null, Tags, int.MaxValue);
        var range = new TimeRange(startMs ?? long.MinValue, endMs ?? long.MaxValue, Options.EndInclusive || endMs is null);
        return QueryRunner.All(plan, this, _index, range);
    }
}
