namespace LogScalePaging.Simulator.Http;

/// <summary>The body of an answer.</summary>
internal abstract class ResponseBody
{
    public abstract long Length { get; }

    /// <summary>Writes as many bytes as <see cref="Length"/> says.</summary>
    public abstract Task WriteAsync(Stream stream, CancellationToken cancellation);
}
