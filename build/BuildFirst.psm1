# The root module of the manifest at the root of a clone. There are no assemblies beside it.
$module = Join-Path (Split-Path $PSScriptRoot) (Join-Path out LogScalePaging)
throw "This folder has the source of LogScalePaging. Build it first: dotnet build -c Release. Then run: Import-Module '$module'"
