# Windows PowerShell 5.1 has no load contexts: a handler finds the dependencies beside the module.
$assembly = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot\bin\netstandard2.0\LogScalePaging.dll")
$assembly.GetType('LogScalePaging.DependencyResolver').GetMethod('Register').Invoke($null, $null)
$inner = Import-Module -Assembly $assembly -PassThru
. "$PSScriptRoot\Import.Again.ps1"
