using System.Globalization;

namespace LogScalePaging.Simulator.Events;

/// <summary>
/// Generates events that look like endpoint telemetry, newest first, so that they are stored in the order in which they are sent.
/// </summary>
internal sealed class EventGenerator
{
    private const int EventsPerSegment = 1000;

    private readonly SimulatorOptions _options;
    private readonly EventBuffer _buffer;
    private readonly ByteWriter _line = new(64 * 1024);
    private readonly (byte[] Name, ushort Tag)[] _names;
    private readonly byte[][] _namesInHundred;
    private readonly ushort[] _tagsInHundred;
    private readonly (byte[] Aid, byte[] Name)[] _hosts;
    private readonly byte[] _repo;
    private Randomness _random;
    private byte[] _segment = [];

    public EventGenerator(SimulatorOptions options, TagCodes tags, EventBuffer buffer)
    {
        (_options, _buffer) = (options, buffer);
        _random = new Randomness(unchecked((ulong)options.Seed * 7919));
        _repo = new ByteWriter().AddEscaped(options.Repository).ToArray();
        _names = [.. EventTemplates.Names.Select(n => (Utf8.Bytes(n.Name), tags.Of(n.Name)))];
        int[] hundred = [.. EventTemplates.Names.SelectMany((n, i) => Enumerable.Repeat(i, n.Share))];
        _namesInHundred = [.. hundred.Select(i => _names[i].Name)];
        _tagsInHundred = [.. hundred.Select(i => _names[i].Tag)];
        _hosts = [.. Enumerable.Range(1, 60).Select(i => (
            Utf8.Bytes(_random.Next().ToString("x16", CultureInfo.InvariantCulture)
                + _random.Next().ToString("x16", CultureInfo.InvariantCulture)),
            Utf8.Bytes((i % 3 == 0 ? "srv-" : "WS-") + i.ToString("D4", CultureInfo.InvariantCulture))))];
    }

    public EventEntry[] Generate(long nowMs)
    {
        var times = Times(nowMs);
        var entries = new EventEntry[times.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            var ordinal = entries.Length - 1 - i;
            var time = times[ordinal] >> 1;
            var ofCrowd = (times[ordinal] & 1) != 0;
            entries[i] = Write(ordinal, time, Math.Min(nowMs, time + 200 + _random.Below(1800)), ofCrowd ? 0 : _random.Below(100));
        }
        return entries;
    }

    /// <summary>ProcessRollup2 events of one millisecond with a late ingest time.</summary>
    public IEnumerable<byte[]> Late(int firstOrdinal, int count, long timestamp, long ingested)
    {
        _random = new Randomness(unchecked((ulong)((_options.Seed * 7919L) + firstOrdinal)));
        for (var i = 0; i < count; i++)
        {
            Compose(firstOrdinal + i, timestamp, ingested, 0);
            yield return _line.ToArray();
        }
    }

    /// <summary>Events of all kinds, one for each time.</summary>
    public IEnumerable<byte[]> Arriving(int firstOrdinal, IReadOnlyList<long> times)
    {
        _random = new Randomness(unchecked((ulong)((_options.Seed * 7919L) + firstOrdinal)));
        for (var i = 0; i < times.Count; i++)
        {
            Compose(firstOrdinal + i, times[i], times[i], _random.Below(100));
            yield return _line.ToArray();
        }
    }

    /// <summary>Timestamps in ascending order, times two. The lowest bit marks an event of a crowd.</summary>
    private long[] Times(long nowMs)
    {
        var span = Math.Max(1, (long)_options.EventSpan.TotalMilliseconds);
        const long Hour = 3_600_000;
        var skewed = span >= 2 * Hour;
        var times = new List<long>(_options.EventCount);
        for (var i = 0; i < _options.EventCount; i++)
        {
            var recent = skewed && i < _options.EventCount * _options.LastHourShare;
            var ago = recent ? 1 + _random.Below(Hour) : skewed ? Hour + 1 + _random.Below(span - Hour) : 1 + _random.Below(span);
            times.Add((nowMs - ago) << 1);
        }
        times.Sort();
        for (var i = 1; i < times.Count; i++)
        {
            // Events of one process chain often share their millisecond.
            if (_random.Below(100) < 15)
                times[i] = times[i - 1];
        }
        foreach (var crowd in _options.Crowds)
        {
            var first = nowMs - (long)crowd.Ago.TotalMilliseconds;
            var width = Math.Max(1, (long)crowd.Within.TotalMilliseconds);
            for (var i = 0; i < crowd.Count; i++)
                times.Add(((first + (i * width / crowd.Count)) << 1) | 1);
        }
        times.Sort();
        return [.. times];
    }

    private EventEntry Write(int ordinal, long timestamp, long ingested, int draw)
    {
        Compose(ordinal, timestamp, ingested, draw);
        return new EventEntry(timestamp, ingested, _buffer.Append(_line.Written), _line.Length + 1, _tagsInHundred[draw]);
    }

    private void Compose(int ordinal, long timestamp, long ingested, int draw)
    {
        var name = _namesInHundred[draw];
        ref readonly var host = ref _hosts[_random.Below(_hosts.Length)];
        var hostile = _options.HostileText && _random.Below(100) < 3;
        if (_segment.Length == 0 || ordinal % EventsPerSegment == EventsPerSegment - 1)
            _segment = _random.Letters(24);

        _line.Clear();
        _line.Add("{\"@timestamp\":"u8).Add(timestamp)
            .Add(",\"@id\":\""u8).Add(_segment).Add("_0_"u8).Add(ordinal).Add((byte)'_').Add(timestamp / 1000)
            .Add("\",\"@timestamp.nanos\":\""u8).Add((long)_random.Below(1_000_000))
            .Add("\",\"@ingesttimestamp\":\""u8).Add(ingested)
            .Add("\",\"#event_simpleName\":\""u8).Add(name)
            .Add("\",\"#repo\":\""u8).Add(_repo)
            .Add("\",\"#type\":\"falcon-raw-data\",\"@timezone\":\"Z\",\"aid\":\""u8).Add(host.Aid).Add((byte)'"');
        if (!hostile || _random.Below(3) > 0)
            _line.Add(",\"ComputerName\":\""u8).Add(host.Name).Add((byte)'"');
        if (!hostile || _random.Below(3) > 0)
            _line.Add(",\"UserName\":\""u8).Add(EventTemplates.Users[_random.Below(EventTemplates.Users.Length)]).Add((byte)'"');
        // Ids of processes exceed 2^53, so a reader that uses doubles changes them.
        _line.Add(",\"TargetProcessId\":\""u8).Add((1L << 53) + 1 + (_random.Below(1L << 58) | 1)).Add((byte)'"');
        AddDetails(draw, hostile);
        _line.Add((byte)'}');
    }

    private void AddDetails(int draw, bool hostile)
    {
        (var file, var command) = EventTemplates.Processes[_random.Below(EventTemplates.Processes.Length)];
        if (hostile)
            command = HostileText.Values[_random.Below(HostileText.Values.Count)];
        var tag = _tagsInHundred[draw];
        if (tag == _names[1].Tag)
        {
            _line.Add(",\"DomainName\":\""u8).Add(EventTemplates.Domains[_random.Below(EventTemplates.Domains.Length)])
                .Add("\",\"RequestType\":\"1\""u8);
        }
        else if (tag == _names[2].Tag)
        {
            _line.Add(",\"RemoteAddressIP4\":\"198.51.100."u8).Add(_random.Below(256)).Add("\",\"RemotePort\":\""u8).Add(
                _random.Below(8) == 0 ? 22 : 443).Add((byte)'"');
        }
        else if (tag == _names[5].Tag)
        {
            _line.Add(",\"LogonType\":\""u8).Add(2 + _random.Below(9)).Add((byte)'"');
        }
        _line.Add(",\"FileName\":\""u8).Add(file).Add("\",\"CommandLine\":\""u8).Add(command).Add((byte)'"');
        if (hostile)
        {
            if (_random.Below(2) == 0)
                _line.Add(HostileText.ExtraFields[_random.Below(HostileText.ExtraFields.Count)]);
            if (_random.Below(60) == 0)
            {
                _line.Add(",\"ScriptContent\":\""u8);
                for (var i = 0; i < 400; i++)
                    _line.Add("Write-Output \\\"a very long script\\\";\\r\\n"u8);
                _line.Add((byte)'"');
            }
        }
        _line.Add(",\"@rawstring\":\"event="u8).Add(_namesInHundred[draw]).Add(" file="u8).Add(file).Add((byte)'"');
    }
}
