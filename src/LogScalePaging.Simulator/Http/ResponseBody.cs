namespace LogScalePaging.Simulator.Http;

/// <summary>The body of an answer.</summary>
internal abstract class ResponseBody
{
    public abstract long Length { get; }

    /// <summary>Writes exactly <see cref="Length"/> bytes.</summary>
    public abstract Task WriteAsync(Stream stream, CancellationToken cancellation);
}
