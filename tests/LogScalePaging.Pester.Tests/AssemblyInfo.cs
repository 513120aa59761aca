// Other test projects run at the same time: two PowerShells at a time are enough.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
