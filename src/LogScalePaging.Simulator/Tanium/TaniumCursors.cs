using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator.Tanium;

/// <summary>The cursors of one collection. They die together, and a refresh makes new ones. Not thread safe.</summary>
internal sealed class TaniumCursors(TaniumSimulatorOptions options, SimulatorClock clock)
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _texts = [];
    private Randomness _letters = new(unchecked((ulong)options.Seed + 177));
    private DateTimeOffset? _lastUse;

    /// <summary>The first cursor that a page had.</summary>
    public string? First { get; set; }

    /// <summary>The cursor with which the collection is refreshed.</summary>
    public string Start => Of(-1);

    /// <summary>Begins a request. Cursors that were left for too long are gone.</summary>
    public void Use()
    {
        if (clock.Now - _lastUse >= options.CursorLife)
            Renew();
        _lastUse = clock.Now;
    }

    /// <summary>Makes all cursors invalid.</summary>
    public void Renew()
    {
        _places.Clear();
        _texts.Clear();
        First = null;
    }

    /// <summary>The cursor of a place. It holds a plus sign, a slash and equals signs, as base64 does.</summary>
    public string Of(int place)
    {
        if (!_texts.TryGetValue(place, out var text))
            _places[_texts[place] = text = "C+" + Utf8.Text(_letters.Letters(20)) + "/=="] = place;
        return text;
    }

    /// <summary>Another cursor for the place of one; null stands for the first page.</summary>
    public string Another(string? cursor, bool isBackward)
    {
        var place = cursor is not null ? _places[cursor] : isBackward ? int.MaxValue : -1;
        var text = "C+" + Utf8.Text(_letters.Letters(20)) + "/==";
        _places[text] = place;
        return text;
    }

    /// <summary>The place of a cursor; null when it is not valid.</summary>
    public int? Find(string cursor) => _places.TryGetValue(cursor, out var place) ? place : null;
}
