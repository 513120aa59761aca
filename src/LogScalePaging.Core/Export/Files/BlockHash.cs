using System.IO.Hashing;
using System.Security.Cryptography;
using LogScalePaging.Common;

namespace LogScalePaging.Export.Files;

/// <summary>The hash of a file, from its blocks.</summary>
internal sealed class BlockHash(HashKind kind) : IDisposable
{
    private readonly IncrementalHash? _sha256 = kind == HashKind.Sha256 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    private readonly XxHash128? _fast = kind == HashKind.XxHash128 ? new XxHash128() : null;

    /// <summary>Adds the first bytes of a block.</summary>
    public void Add(byte[] block, int count)
    {
        _sha256?.AppendData(block, 0, count);
        _fast?.Append(block.AsSpan(0, count));
    }

    /// <summary>The hash in lower-case hexadecimal digits.</summary>
    public string Finish() => Hex.Lower(_sha256?.GetHashAndReset() ?? _fast!.GetHashAndReset());

    /// <inheritdoc/>
    public void Dispose() => _sha256?.Dispose();
}
