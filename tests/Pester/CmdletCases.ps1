# The table of Cmdlets.Tests.ps1: one case for each parameter set of each cmdlet. Dot-sourced in every runspace, thread and process that runs
# the cases. A new cmdlet, or a new parameter set, needs a line here, or a reason in $CmdletCasesLeftOut.

# Servers of all systems, connections to them, and finished files. Folder is for the files of this world.
function New-CmdletWorld([string] $Folder) {
    $ErrorActionPreference = 'Stop'
    $null = New-Item -ItemType Directory $Folder -Force
    $w = @{ Folder = (Resolve-Path $Folder).ProviderPath; Query = '#event_simpleName=ProcessRollup2'; Number = 0 }
    $w.LogScaleServer = Start-LogScaleSimulator -EventCount 1200 -EventSpanHours 1 -EventRatePerMinute 0
    $w.FalconServer = Start-LogScaleSimulator -System Falcon -EventCount 30
    $w.AxiomServer = Start-LogScaleSimulator -System Axiom -EventCount 120
    $w.TaniumServer = Start-LogScaleSimulator -System Tanium -EventCount 30
    $w.Falcon = $w.FalconServer | Connect-Falcon -MaxRetryCount 0
    $w.Axiom = $w.AxiomServer | Connect-Axiom -MaxRetryCount 0
    $w.Tanium = $w.TaniumServer | Connect-Tanium -MaxRetryCount 0
    $w.LogScale = $w.LogScaleServer | Connect-LogScale -MaxRetryCount 0
    $w.Export = (Invoke-QueryJobExport $w.Query (Join-Path $w.Folder finished.ndjson) -Start 2h -Connection $w.LogScale).Path
    $w
}

# A path that no file has yet.
function New-CasePath($w) { $w.Number++; Join-Path $w.Folder "case-$($w.Number).ndjson" }
function New-CaseJob($w) { New-QueryJob $w.Query -Start 2h -Connection $w.LogScale }

# The path of an export that broke off.
function New-CaseBroken($w) {
    $path = New-CasePath $w
    $w.LogScaleServer.AddFault('500', 'Poll', 6, 1000)
    try { $null = Invoke-QueryJobExport $w.Query $path -Start 2h -Strategy Around -PageSize 30 -Connection $w.LogScale -ErrorAction SilentlyContinue -WarningAction SilentlyContinue }
    finally { $w.LogScaleServer.ClearFaults() }
    $path
}

# Name, Set: the cmdlet and its parameter set. Values: the parameters, with the world as the argument. Emits: the type of its first output.
# Hangs: the kind of request (SimulatorInstance.AddFault) in which Ctrl+C finds it, and the server of that request.
$CmdletCases = @(
    @{ Name = 'Connect-LogScale'; Set = 'Token'; Emits = 'LogScalePaging.LogScaleConnection'; Values = { param($w) @{ BaseUrl = $w.LogScaleServer.BaseUrl; Repository = 'demo'; Token = $w.LogScaleServer.Token } } }
    @{ Name = 'Connect-Falcon'; Set = 'Client'; Emits = 'LogScalePaging.FalconConnection'; Values = { param($w) @{ BaseUrl = $w.FalconServer.BaseUrl; ClientId = $w.FalconServer.ClientId; ClientSecret = $w.FalconServer.ClientSecret } } }
    @{ Name = 'Connect-Falcon'; Set = 'Credential'; Emits = 'LogScalePaging.FalconConnection'; Values = { param($w) @{ BaseUrl = $w.FalconServer.BaseUrl; Credential = [pscredential]::new($w.FalconServer.ClientId, $w.FalconServer.ClientSecret) } } }
    @{ Name = 'Connect-Axiom'; Set = 'Token'; Emits = 'LogScalePaging.AxiomConnection'; Values = { param($w) @{ BaseUrl = $w.AxiomServer.BaseUrl; Token = $w.AxiomServer.Token } } }
    @{ Name = 'Connect-Tanium'; Set = 'Token'; Emits = 'LogScalePaging.TaniumConnection'; Values = { param($w) @{ BaseUrl = $w.TaniumServer.BaseUrl; Token = $w.TaniumServer.Token } } }
    @{ Name = 'Disconnect-LogScale'; Set = '__AllParameterSets'; Values = { param($w) @{ Connection = $w.LogScaleServer | Connect-LogScale } } }
    @{ Name = 'Disconnect-Falcon'; Set = '__AllParameterSets'; Values = { param($w) @{ Connection = $w.FalconServer | Connect-Falcon } } }
    @{ Name = 'Disconnect-Axiom'; Set = '__AllParameterSets'; Values = { param($w) @{ Connection = $w.AxiomServer | Connect-Axiom } } }
    @{ Name = 'Disconnect-Tanium'; Set = '__AllParameterSets'; Values = { param($w) @{ Connection = $w.TaniumServer | Connect-Tanium } } }
    @{ Name = 'Get-LogScaleConnection'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.LogScaleConnection', 'LogScalePaging.FalconConnection', 'LogScalePaging.AxiomConnection', 'LogScalePaging.TaniumConnection'; Values = { @{} } }
    @{ Name = 'Test-LogScaleConnection'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.ConnectionTest'; Hangs = 'Create', 'LogScaleServer'; Values = { param($w) @{ Connection = $w.LogScale } } }

    @{ Name = 'New-QueryJob'; Set = 'Range'; Emits = 'LogScalePaging.QueryJob'; Hangs = 'Create', 'LogScaleServer'; Values = { param($w) @{ Query = $w.Query; Start = '2h'; Connection = $w.LogScale } } }
    @{ Name = 'New-QueryJob'; Set = 'AroundEvent'; Emits = 'LogScalePaging.QueryJob'; Values = { param($w) @{ Query = $w.Query; Around = (Import-PagedExport $w.Export)[0]; Connection = $w.LogScale } } }
    @{ Name = 'New-QueryJob'; Set = 'AroundEventId'; Emits = 'LogScalePaging.QueryJob'; Values = { param($w) $e = (Import-PagedExport $w.Export)[0]; @{ Query = $w.Query; AroundEventId = $e.'@id'; AroundTimestamp = $e.'@timestamp'; Start = '2h'; Connection = $w.LogScale } } }
    @{ Name = 'Get-QueryJob'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.QueryJobStatus'; Hangs = 'Poll', 'LogScaleServer'; Values = { param($w) @{ Job = New-CaseJob $w; Connection = $w.LogScale } } }
    @{ Name = 'Wait-QueryJob'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.QueryJobStatus'; Hangs = 'Poll', 'LogScaleServer'; Values = { param($w) @{ Job = New-CaseJob $w; Connection = $w.LogScale } } }
    @{ Name = 'Get-QueryJobPage'; Set = 'Buffer'; Emits = 'LogScalePaging.Event'; Hangs = 'Poll', 'LogScaleServer'; Values = { param($w) @{ Job = New-CaseJob $w; First = 5; Connection = $w.LogScale; WarningAction = 'SilentlyContinue' } } }
    @{ Name = 'Get-QueryJobPage'; Set = 'All'; Emits = 'LogScalePaging.Event'; Hangs = 'Poll', 'LogScaleServer'; Values = { param($w) @{ Job = New-CaseJob $w; All = $true; Connection = $w.LogScale } } }
    @{ Name = 'Send-QueryJobHeartbeat'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.QueryJobStatus'; Hangs = 'Heartbeat', 'LogScaleServer'; Values = { param($w) @{ Job = New-CaseJob $w; Connection = $w.LogScale } } }
    @{ Name = 'Stop-QueryJob'; Set = '__AllParameterSets'; Hangs = 'Delete', 'LogScaleServer'; Values = { param($w) @{ Job = New-CaseJob $w; Connection = $w.LogScale } } }

    @{ Name = 'Invoke-QueryJob'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.Event'; Hangs = 'Poll', 'LogScaleServer'; Values = { param($w) @{ Query = $w.Query; Start = '2h'; Connection = $w.LogScale } } }
    @{ Name = 'Invoke-FalconQuery'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.FalconRecord'; Hangs = 'Rest', 'FalconServer'; Values = { param($w) @{ Endpoint = '/devices/combined/devices/v1'; Connection = $w.Falcon } } }
    @{ Name = 'Invoke-AxiomQuery'; Set = 'Dataset'; Emits = 'LogScalePaging.AxiomEvent'; Hangs = 'Query', 'AxiomServer'; Values = { param($w) @{ Dataset = 'demo'; Start = '2d'; Connection = $w.Axiom } } }
    @{ Name = 'Invoke-AxiomQuery'; Set = 'Query'; Emits = 'LogScalePaging.AxiomEvent'; Hangs = 'Query', 'AxiomServer'; Values = { param($w) @{ Query = "['demo'] | where status >= 0"; Start = '2d'; Connection = $w.Axiom } } }
    @{ Name = 'Invoke-TaniumQuery'; Set = 'Field'; Emits = 'LogScalePaging.TaniumRecord'; Hangs = 'Query', 'TaniumServer'; Values = { param($w) @{ Field = 'endpoints'; Property = 'id', 'name'; Connection = $w.Tanium } } }
    @{ Name = 'Invoke-TaniumQuery'; Set = 'Query'; Emits = 'LogScalePaging.TaniumRecord'; Hangs = 'Query', 'TaniumServer'; Values = { param($w) @{ Query = 'query($after: Cursor, $first: Int) { endpoints(after: $after, first: $first) { edges { node { id name } } pageInfo { hasNextPage endCursor } totalRecords } }'; Connection = $w.Tanium } } }

    @{ Name = 'Invoke-QueryJobExport'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.ExportResult'; Hangs = 'Poll', 'LogScaleServer'; Values = { param($w) @{ Query = $w.Query; Path = New-CasePath $w; Start = '2h'; Connection = $w.LogScale } } }
    @{ Name = 'Invoke-FalconExport'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.ExportResult'; Hangs = 'Rest', 'FalconServer'; Values = { param($w) @{ Endpoint = '/devices/combined/devices/v1'; Path = New-CasePath $w; Connection = $w.Falcon } } }
    @{ Name = 'Invoke-AxiomExport'; Set = 'Dataset'; Emits = 'LogScalePaging.ExportResult'; Hangs = 'Query', 'AxiomServer'; Values = { param($w) @{ Dataset = 'demo'; Path = New-CasePath $w; Start = '2d'; Connection = $w.Axiom } } }
    @{ Name = 'Invoke-AxiomExport'; Set = 'Query'; Emits = 'LogScalePaging.ExportResult'; Hangs = 'Query', 'AxiomServer'; Values = { param($w) @{ Query = "['demo'] | where status >= 0"; Path = New-CasePath $w; Start = '2d'; Connection = $w.Axiom } } }
    @{ Name = 'Invoke-TaniumExport'; Set = 'Field'; Emits = 'LogScalePaging.ExportResult'; Hangs = 'Query', 'TaniumServer'; Values = { param($w) @{ Field = 'endpoints'; Property = 'id', 'name'; Path = New-CasePath $w; Connection = $w.Tanium } } }
    @{ Name = 'Invoke-TaniumExport'; Set = 'Query'; Emits = 'LogScalePaging.ExportResult'; Hangs = 'Query', 'TaniumServer'; Values = { param($w) @{ Query = 'query($after: Cursor, $first: Int) { endpoints(after: $after, first: $first) { edges { node { id name } } pageInfo { hasNextPage endCursor } totalRecords } }'; Path = New-CasePath $w; Connection = $w.Tanium } } }
    @{ Name = 'Resume-PagedExport'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.ExportResult'; Hangs = 'Poll', 'LogScaleServer'; Values = { param($w) @{ Path = New-CaseBroken $w; Connection = $w.LogScale } } }
    @{ Name = 'Test-PagedExport'; Set = 'Path'; Emits = 'LogScalePaging.ExportVerification'; Values = { param($w) @{ Path = $w.Export } } }
    @{ Name = 'Test-PagedExport'; Set = 'LiteralPath'; Emits = 'LogScalePaging.ExportVerification'; Values = { param($w) @{ LiteralPath = $w.Export } } }
    @{ Name = 'Import-PagedExport'; Set = 'Path'; Emits = 'LogScalePaging.Event'; Values = { param($w) @{ Path = $w.Export } } }
    @{ Name = 'Import-PagedExport'; Set = 'LiteralPath'; Emits = 'LogScalePaging.Event'; Values = { param($w) @{ LiteralPath = $w.Export } } }

    @{ Name = 'Start-LogScaleSimulator'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.LogScaleSimulatorInstance'; Values = { @{ EventCount = 0 } } }
    @{ Name = 'Stop-LogScaleSimulator'; Set = '__AllParameterSets'; Values = { @{ InputObject = Start-LogScaleSimulator -EventCount 0 } } }
)

$CmdletCasesLeftOut = @{
    'Connect-LogScale Secret' = 'needs a vault: Falcon.Tests.ps1, SamplesSchedule.Tests.ps1'
    'Connect-Axiom Secret'    = 'needs a vault: Falcon.Tests.ps1 tests the code that all systems share'
    'Connect-Tanium Secret'   = 'needs a vault: Falcon.Tests.ps1 tests the code that all systems share'
}

# What a case emits: its objects. Parameters that are piped are left out of the splatted ones.
function Invoke-CmdletCase($Case, [hashtable] $Values) { & $Case.Name @Values }
