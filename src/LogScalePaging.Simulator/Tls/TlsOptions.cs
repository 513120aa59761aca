namespace LogScalePaging.Simulator;

/// <summary>Settings of a simulated server's certificate, which hangs on a private root by way of an intermediate. Read at the start.</summary>
public sealed class TlsOptions
{
    /// <summary>The name that the certificate is for. The server is reached as localhost: any other name is the wrong one.</summary>
    public string HostName { get; set; } = "localhost";

    /// <summary>Whether the certificate's time is over.</summary>
    public bool Expired { get; set; }

    /// <summary>Whether the intermediate is sent along, as a well-kept server does.</summary>
    public bool SendIntermediate { get; set; } = true;
}
