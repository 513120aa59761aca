namespace LogScalePaging.Transport.Limits;

/// <summary>
/// Frees what a large answer leaves behind. The collector lets garbage of this size pile up to a multiple of what is alive, and a hostile
/// server sends many such answers, one after the other.
/// </summary>
internal static class LargeGarbage
{
    /// <summary>Collects it now, and gives the memory back to the system.</summary>
    public static void Collect() =>
#if NET8_0_OR_GREATER
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
#else
        GC.Collect();
#endif
}
