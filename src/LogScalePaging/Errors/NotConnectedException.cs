namespace LogScalePaging;

/// <summary>There is no connection, and none can be made from the environment.</summary>
internal sealed class NotConnectedException(string detail, Exception? inner = null)
    : InvalidOperationException($"Not connected. Run Connect-LogScale first, or set LOGSCALE_BASE_URL, LOGSCALE_REPO and LOGSCALE_TOKEN. {detail}", inner);
