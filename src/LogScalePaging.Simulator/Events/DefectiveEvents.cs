using LogScalePaging.Simulator.Faults;

namespace LogScalePaging.Simulator.Events;

/// <summary>Applies the <see cref="EventDefects"/> to events as they are stored. One writer at a time.</summary>
internal sealed class DefectiveEvents
{
    private static readonly StoredName Damaged = new("damaged");
    private static readonly byte[] Year2100 = "\"4102444800000\""u8.ToArray();

    // A byte that is never valid, a sequence cut by the quote, a Latin-1 letter, an overlong form, half of a surrogate pair, and a number
    // that is too large.
    private static readonly byte[][] Invalid =
    [
        [0xFF], [(byte)'a', 0xC3], [(byte)'c', 0xE9, (byte)'t'], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80, (byte)'z'],
    ];

    private long _number;
    private byte[] _id = [];

    public IEnumerable<byte[]> Apply(IEnumerable<byte[]> events, SimulatorOptions options)
    {
        foreach (var json in events)
        {
            var defects = options.Defects;
            if (!defects.IsAny)
            {
                yield return json;
                continue;
            }
            var made = Apply(json, defects, options.Seed);
            yield return made;
            if (Draw(options.Seed, "doubled") < defects.Doubled)
                yield return made;
        }
    }

    private byte[] Apply(byte[] json, EventDefects defects, int seed)
    {
        _number++;
        if (Draw(seed, "ingest") < defects.IngestedIn2100)
            json = StoredFields.With(json, KnownFields.IngestTimestamp, Year2100);
        if (Draw(seed, "utf8") < defects.InvalidUtf8)
            json = StoredFields.With(json, Damaged, [(byte)'"', .. Invalid[(int)(_number % Invalid.Length)], (byte)'"']);
        byte[] own = KnownFields.Id.TryRead(json, out var id) && id.IsString ? [(byte)'"', .. id.Raw.ToArray(), (byte)'"'] : [];
        if (Draw(seed, "repeated") < defects.RepeatedId && _id.Length > 0)
            json = StoredFields.With(json, KnownFields.Id, _id);
        else
            _id = own;
        return Draw(seed, "without") < defects.WithoutId ? WithoutId(json, defects.IdForm) : json;
    }

    private static byte[] WithoutId(byte[] json, MissingIdForm form) => form switch
    {
        MissingIdForm.Null => StoredFields.With(json, KnownFields.Id, "null"u8),
        MissingIdForm.Empty => StoredFields.With(json, KnownFields.Id, "\"\""u8),
        MissingIdForm.Number => StoredFields.With(json, KnownFields.Id, "7"u8),
        _ => StoredFields.Without(json, KnownFields.Id),
    };

    private double Draw(int seed, string what)
        => (Draws.Of(seed, FormattableString.Invariant($"{what} {_number}")).Next() >> 11) * (1.0 / (1UL << 53));
}
