using System.Security.Cryptography;

namespace LogScalePaging.Export;

/// <summary>A file being written under a temporary name, with its SHA-256 and size taken from the blocks as they pass.</summary>
internal sealed class HashingFile : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FileGuard _guard;
    private readonly FileStream _file;
    private long _bytes;
    private readonly bool _overlap;
    private bool _closed;

    /// <param name="path">Path of the file; an old one is replaced.</param>
    /// <param name="guard">Words its errors.</param>
    /// <param name="overlap">Hash on another core while the system takes the bytes. For one file that everything waits for; many at once keep the cores busy anyway.</param>
    public HashingFile(string path, FileGuard guard, bool overlap = false)
    {
        _overlap = overlap && Environment.ProcessorCount > 1;
        FilePath = path;
        _guard = guard;
        try
        {
            _file = DurableFile.Create(path);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw guard.Translate(e, path);
        }
    }

    public string FilePath { get; }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => _bytes;
    public override long Position { get => _bytes; set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (count == 0)
            return;
        var hashing = _overlap ? Task.Run(() => _hash.AppendData(buffer, offset, count)) : null;
        try
        {
            _file.Write(buffer, offset, count);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw _guard.Translate(e, FilePath);
        }
        finally
        {
            hashing?.GetAwaiter().GetResult();
        }
        if (hashing is null)
            _hash.AppendData(buffer, offset, count);
        _bytes += count;
    }

    /// <summary>Makes the bytes survive a loss of power, closes the file and returns its SHA-256.</summary>
    public string Finish()
    {
        try
        {
            _file.Flush(flushToDisk: true);
            Close();
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw _guard.Translate(e, FilePath);
        }
        return Hex.Lower(_hash.GetHashAndReset());
    }

    // The disk is asked once, in Finish.
    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            _closed = true;
            _file.Dispose();
        }
        base.Dispose(disposing);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
