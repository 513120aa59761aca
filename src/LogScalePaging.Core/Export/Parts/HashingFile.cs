using System.Runtime.CompilerServices;
using LogScalePaging.Common;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.Parts;

/// <summary>
/// A file that is written under a temporary name. Its hash and size are computed from the blocks while they are written.
/// </summary>
internal sealed class HashingFile : Stream
{
    private readonly BlockHash _hash;
    private readonly FileGuard _guard;
    private readonly FileStream _file;
    private readonly BlocksBehind _blocks;
    private readonly int _blockSize;
    private readonly Utf8Check? _text;
    private int _filled;
    private long _bytes;
    private bool _closed;

    /// <param name="path">Path of the file; an old one is replaced.</param>
    /// <param name="guard">Makes the messages of errors.</param>
    /// <param name="behind">
    /// Hash and write on another core while the caller makes the next bytes. An error is thrown by a later call, at the latest by <see
    /// cref="Finish"/>. Use it for a single file that everything waits for. Many parallel files keep the cores busy anyway.
    /// </param>
    /// <param name="text">Receives all bytes, if their encoding is to be checked.</param>
    /// <param name="kind">The hash.</param>
    public HashingFile(string path, FileGuard guard, bool behind = false, Utf8Check? text = null, HashKind kind = HashKind.Sha256)
    {
        const int MostBehind = 32;
        const int BlockOfMany = 64 * 1024;
        behind = behind && Environment.ProcessorCount > 1;
        FilePath = path;
        (_guard, _text, _hash) = (guard, text, new BlockHash(kind));
        try
        {
            _file = DurableFile.Create(path);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw guard.Translate(e, path);
        }
        _blockSize = behind ? BlockBuffer.DefaultSize : BlockOfMany;
        _blocks = new BlocksBehind(_blockSize, behind ? MostBehind : 1, Take);
    }

    public string FilePath { get; }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => _bytes;
    public override long Position { get => _bytes; set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Append(buffer.AsSpan(offset, count));

    /// <summary>Writes bytes. They are copied.</summary>
    [MethodImpl(HotPath.Method)]
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_closed)
            throw new ObjectDisposedException(nameof(HashingFile));
        _bytes += bytes.Length;
        while (bytes.Length >= _blockSize - _filled)
        {
            var fits = _blockSize - _filled;
            bytes.Slice(0, fits).CopyTo(_blocks.Current.AsSpan(_filled));
            _filled += fits;
            HandOver();
            bytes = bytes.Slice(fits);
        }
        bytes.CopyTo(_blocks.Current.AsSpan(_filled));
        _filled += bytes.Length;
    }

    /// <summary>Flushes the bytes to the disk, so that they survive a loss of power, closes the file and returns its hash.</summary>
    public string Finish()
    {
        HandOver();
        _blocks.Drain();
        try
        {
            _file.Flush(flushToDisk: true);
            var hash = _hash.Finish();
            Close();
            return hash;
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw _guard.Translate(e, FilePath);
        }
    }

    private void HandOver()
    {
        _blocks.Next(_filled);
        _filled = 0;
    }

    private void Take(byte[] block, int count)
    {
        _hash.Add(block, count);
        _text?.Add(block.AsSpan(0, count));
        try
        {
            _file.Write(block, 0, count);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw _guard.Translate(e, FilePath);
        }
    }

    // The disk is flushed once, in Finish.
    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            _closed = true;
            // Waits for running writes. Their errors were reported already, or are not needed.
            _blocks.Dispose();
            _hash.Dispose();
            _file.Dispose();
        }
        base.Dispose(disposing);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
