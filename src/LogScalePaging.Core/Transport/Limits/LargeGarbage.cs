namespace LogScalePaging.Transport.Limits;

/// <summary>
/// Frees the memory of a large answer. The garbage collector waits until such garbage is a multiple of the live memory, and a hostile
/// server sends many large answers, one after the other.
/// </summary>
internal static class LargeGarbage
{
    /// <summary>Runs the garbage collector now, and returns the memory to the system.</summary>
    public static void Collect() =>
#if NET8_0_OR_GREATER
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
#else
        GC.Collect();
#endif
}
