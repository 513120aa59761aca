namespace LogScalePaging.Transport.Http;

/// <summary>One comparison of the server's clock with this machine's.</summary>
/// <param name="Date">The server's date.</param>
/// <param name="Received">This machine's time when the answer arrived.</param>
/// <param name="Offset">The server's time minus this machine's.</param>
/// <param name="Uncertainty">How far the offset can be from the true one.</param>
internal sealed record ClockSample(DateTimeOffset Date, DateTimeOffset Received, TimeSpan Offset, TimeSpan Uncertainty);
