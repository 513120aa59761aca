using System.Security.Cryptography;
using LogScalePaging.Common;

namespace LogScalePaging.Export.Files;

/// <summary>
/// Computes size and SHA-256 of a file while another reader reads it. Closing it does not close the file, because a reader closes its
/// stream, and the hash is computed after that.
/// </summary>
internal sealed class HashingReader(Stream file) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _bytes;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => _bytes; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = file.Read(buffer, offset, count);
        _hash.AppendData(buffer, offset, read);
        _bytes += read;
        return read;
    }

    /// <summary>Reads the rest of the file, and returns the SHA-256 of the whole file.</summary>
    public string Finish()
    {
        var block = new byte[BlockBuffer.DefaultSize];
        while (Read(block, 0, block.Length) > 0)
        {
        }
        return Hex.Lower(_hash.GetHashAndReset());
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
