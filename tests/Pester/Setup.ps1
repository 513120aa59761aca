# Dot-sourced by every test file: the module, and what several files need.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$script:ModulePath = $env:LOGSCALEPAGING_MODULE
Import-Module $ModulePath
$script:ModuleAssembly = (Get-Command Invoke-QueryJob).ImplementingType.Assembly
$script:Query = '#event_simpleName=ProcessRollup2'
# Hard limit of everything that waits for another thread.
$script:Limit = [TimeSpan]::FromSeconds(60)

function New-TestServer {
    param([hashtable] $With = @{})
    $arguments = @{ EventCount = 4000; EventSpanHours = 1 }
    $With.Keys | ForEach-Object { $arguments[$_] = $With[$_] }
    $server = Start-LogScaleSimulator @arguments
    [void]($server | Connect-LogScale -MaxRetryCount 3)
    $server
}

# The id of the error that a script block ends with, without the name of the class.
function Get-ErrorId([scriptblock] $Work) {
    try { $null = & $Work } catch { return ($_.FullyQualifiedErrorId -split ',')[0] }
    'no error'
}

# A PowerShell with a runspace of its own that has the module and these variables.
function New-OtherPowerShell([hashtable] $Variables = @{}) {
    $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
    $runspace.Open()
    $Variables.Keys | ForEach-Object { $runspace.SessionStateProxy.SetVariable($_, $Variables[$_]) }
    $shell = [powershell]::Create()
    $shell.Runspace = $runspace
    [void]$shell.AddScript("Import-Module '$ModulePath'").Invoke()
    $shell.Commands.Clear()
    $shell
}

# The engine's enumeration of a name; its assembly is in a context of its own.
function Get-EngineType([string] $Name) {
    $core = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($ModuleAssembly).LoadFromAssemblyName([System.Reflection.AssemblyName]::new('LogScalePaging.Core'))
    $core.GetType($Name, $true)
}

# Makes pipeline objects of JSON texts as the cmdlets do.
function ConvertTo-Event([string[]] $Json, [string[]] $Property) {
    $builder = [Activator]::CreateInstance($ModuleAssembly.GetType('LogScalePaging.Events.EventBuilder'), @($Property, $null))
    $parse = (Get-EngineType LogScalePaging.Paging.EventRecord).GetMethod('Parse')
    foreach ($text in $Json) {
        $record = $parse.Invoke($null, @([ReadOnlyMemory[byte]]::new([System.Text.Encoding]::UTF8.GetBytes($text))))
        $builder.GetType().GetMethod('Build').Invoke($builder, @($record))
    }
}
