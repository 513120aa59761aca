namespace LogScalePaging.Cli;

/// <summary>The command line, or a setting in the environment, is not valid. The message says what is valid.</summary>
internal sealed class UsageException(string message, Exception? inner = null) : Exception(message, inner);
