# Dot-sourced by every test file: the module, and what several files need.
. "$PSScriptRoot/Shell.ps1"
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
    $arguments = @{ EventCount = 4000; EventSpanHours = 1; EventRatePerMinute = 0 }
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

# A PowerShell with a separate runspace that has the module and these variables.
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

# A type of the engine or of the simulator; their assemblies are in a separate load context.
function Get-EngineType([string] $Name, [string] $Assembly = 'LogScalePaging.Core') {
    [System.Reflection.Assembly]::Load($Assembly).GetType($Name, $true)
}

# A new object of an engine type, with these values.
function New-EngineObject([type] $Type, [hashtable] $With = @{}) {
    $options = [Activator]::CreateInstance($Type)
    foreach ($key in $With.Keys) { $options.$key = $With[$key] }
    $options
}

# Options of the simulator of that name, with these values.
function New-SimulatorSetting([string] $Name, [hashtable] $With = @{}) {
    New-EngineObject (Get-EngineType "LogScalePaging.Simulator.$Name" LogScalePaging.Simulator) $With
}

# A type of the servers that only tests have. Their assembly is loaded into the context of the simulator.
function Get-TestServerType([string] $Name) {
    $simulator = [System.Reflection.Assembly]::Load('LogScalePaging.Simulator')
    $framework = if ($PSVersionTable.PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' }
    $path = [System.IO.Path]::GetFullPath("$PSScriptRoot/../Support/TestServers/bin/Release/$framework/LogScalePaging.TestServers.dll")
    $assembly = if ($PSVersionTable.PSEdition -eq 'Core') {
        [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($simulator).LoadFromAssemblyPath($path)
    }
    else { [System.Reflection.Assembly]::LoadFrom($path) }
    $assembly.GetType("LogScalePaging.TestServers.$Name", $true)
}

# A simulated gateway with settings that only the engine has: TLS, two clouds. Stop it with Dispose.
function New-EngineGateway([hashtable] $Gateway = @{}, [hashtable] $Tls) {
    $options = New-SimulatorSetting SimulatorOptions @{ EventCount = 300; EventSpan = [TimeSpan]::FromHours(1); Gateway = New-SimulatorSetting GatewayOptions $Gateway }
    if ($Tls) {
        $secured = [Activator]::CreateInstance((Get-TestServerType TlsServer), @(New-EngineObject (Get-TestServerType TlsOptions) $Tls))
        $options.Secure = [Delegate]::CreateDelegate($options.GetType().GetProperty('Secure').PropertyType, $secured, 'SecureAsync')
    }
    $server = (Get-EngineType LogScalePaging.Simulator.LogScaleSimulator LogScalePaging.Simulator)::Start($options)
    if ($Tls) { $server | Add-Member CaBundlePem $secured.Pem }
    $server
}

function New-EngineProxy([hashtable] $With = @{}) {
    (Get-TestServerType ProxySimulator)::Start((New-EngineObject (Get-TestServerType ProxyOptions) $With))
}

# The tokens that a gateway of Start-LogScaleSimulator issued, as text.
function Get-IssuedToken($Simulator) {
    $engine = [LogScalePaging.QueryJobSimulatorInstance].GetField('_simulator', 'Instance, NonPublic').GetValue($Simulator)
    @($engine.Tokens.Text)
}

# Makes pipeline objects of JSON texts as the cmdlets do.
# With -TimeField, as records of a system whose values have the types of JSON.
function ConvertTo-Event([string[]] $Json, [string[]] $Property, [string] $TimeField, [string] $TypeName = 'LogScalePaging.Event') {
    $schema = (Get-EngineType LogScalePaging.LogScale.Events.LogScaleEvents)::Schema
    if ($TimeField) {
        $schema = [Activator]::CreateInstance($schema.GetType())
        $schema.Noun = 'alert'
        $schema.TimeField = $TimeField
        $schema.Values = 'Json'
    }
    $builder = [Activator]::CreateInstance($ModuleAssembly.GetType('LogScalePaging.Events.EventBuilder'), @($schema, $Property, $null, $TypeName))
    $parse = (Get-EngineType LogScalePaging.LogScale.Events.LogScaleEvents).GetMethod('Parse')
    foreach ($text in $Json) {
        $record = $parse.Invoke($null, @([ReadOnlyMemory[byte]]::new([System.Text.Encoding]::UTF8.GetBytes($text))))
        $builder.GetType().GetMethod('Build').Invoke($builder, @($record))
    }
}
