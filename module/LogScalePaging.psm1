# On PowerShell 7 the module lives in a load context of its own, so that its dependencies never meet those of another module.
# Every statement here is paid for with each import: what is seldom needed stands in files of its own.
if ($PSEdition -ne 'Core') {
    . "$PSScriptRoot\Import.Desktop.ps1"
    return
}
[void][System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/net8.0/LogScalePaging.Loader.dll")
$inner = Import-Module -Assembly ([LogScalePaging.Loader.LoadContext]::Initialize($PSScriptRoot)) -PassThru
if ([LogScalePaging.Loader.LoadContext]::IsAgain) { . "$PSScriptRoot/Import.Again.ps1" }
