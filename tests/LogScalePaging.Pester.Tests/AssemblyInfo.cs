// Other test projects run at the same time: one PowerShell at a time is enough.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
