using LogScalePaging.Json;

namespace LogScalePaging.Export.Files;

/// <summary>Checks whether a stream of bytes is valid UTF-8, block by block. A character may be split between two blocks.</summary>
internal sealed class Utf8Check
{
    private readonly byte[] _cut = new byte[4];
    private int _cutLength;
    private bool _isValid = true;

    /// <summary>True if all bytes so far are complete, valid characters.</summary>
    public bool IsValid => _isValid && _cutLength == 0;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (_isValid && _cutLength > 0 && !bytes.IsEmpty)
        {
            _cut[_cutLength++] = bytes[0];
            bytes = bytes.Slice(1);
            var length = Utf8Sequence.Next(_cut.AsSpan(0, _cutLength));
            _isValid = length > 0 || -length == _cutLength;
            if (length > 0)
                _cutLength = 0;
        }
        if (!_isValid || bytes.IsEmpty)
            return;
        var whole = bytes.Length - Utf8Sequence.Unfinished(bytes);
        _isValid = Utf8Text.IsValid(bytes.Slice(0, whole));
        bytes.Slice(whole).CopyTo(_cut);
        _cutLength = bytes.Length - whole;
    }
}
