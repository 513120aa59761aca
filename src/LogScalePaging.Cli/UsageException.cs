namespace LogScalePaging.Cli;

/// <summary>The command line, or a setting in the environment, cannot be used. The message says what would be right.</summary>
internal sealed class UsageException(string message, Exception? inner = null) : Exception(message, inner);
