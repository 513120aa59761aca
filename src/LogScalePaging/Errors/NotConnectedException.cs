namespace LogScalePaging;

/// <summary>There is no connection, and none can be made from the environment.</summary>
/// <param name="detail">What is wrong with the environment; null when nothing of it is set.</param>
/// <param name="inner">The cause.</param>
internal sealed class NotConnectedException(string? detail, Exception? inner = null)
    : InvalidOperationException("Not connected. Run Connect-LogScale (Connect-Falcon for NG-SIEM), or set LOGSCALE_BASE_URL, LOGSCALE_REPO and LOGSCALE_TOKEN (FALCON_CLIENT_ID and FALCON_CLIENT_SECRET)." + (detail is null ? "" : " " + detail), inner);
