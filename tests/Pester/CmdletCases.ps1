# The table of Cmdlets.Tests.ps1: one case for each parameter set of each cmdlet. Dot-sourced in every runspace, thread and process that runs
# the cases. A new cmdlet, or a new parameter set, needs a line here, or a reason in $CmdletCasesLeftOut.

# Servers of all systems, connections to them, and finished files. Folder is for the files of this world.
function New-CmdletWorld([string] $Folder) {
    $ErrorActionPreference = 'Stop'
    $null = New-Item -ItemType Directory $Folder -Force
    $w = @{ Folder = (Resolve-Path $Folder).ProviderPath; Query = '#event_simpleName=ProcessRollup2'; Number = 0 }
    $w.GraphQL = 'query($after: Cursor, $first: Int) { endpoints(after: $after, first: $first) { edges { node { id name } } pageInfo { hasNextPage endCursor } totalRecords } }'
    $w.LogScaleServer = Start-LogScaleSimulator -EventCount 1200 -EventSpanHours 1 -EventRatePerMinute 0
    $w.FalconServer = Start-LogScaleSimulator -System Falcon -EventCount 30 -ChildCount 2
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

# A file with the text of a query.
function New-CaseQueryFile($w, [string] $Text) { $w.Number++; $path = Join-Path $w.Folder "query-$($w.Number).cql"; Set-Content $path $Text; $path }

# The path of a plan with two slices, and with -Run the files of its slices.
function New-CasePlan($w, [switch] $Run) {
    $path = (New-CasePath $w) -replace '\.ndjson$', '.json'
    $plan = New-PagedExportPlan $w.Query $path -Start 2h -Slices 2 -Connection $w.LogScale
    if ($Run) { $null = $plan.Slices | Invoke-PagedExportSlice -Plan $path -Connection $w.LogScale }
    $path
}

# Name, Set: the cmdlet and its parameter set. Values: the parameters, with the world as the argument. Emits: the type of its first output.
# Asks: with -WhatIf, it asks the server for a count.
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

    @{ Name = 'Get-FalconChildCid'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.FalconChildCid'; Hangs = 'Rest', 'FalconServer'; Values = { param($w) @{ Connection = $w.Falcon } } }

    @{ Name = 'New-QueryJob'; Set = 'Range'; Emits = 'LogScalePaging.QueryJob'; Hangs = 'Create', 'LogScaleServer'; Values = { param($w) @{ Query = $w.Query; Start = '2h'; Connection = $w.LogScale } } }
    @{ Name = 'New-QueryJob'; Set = 'AroundEvent'; Emits = 'LogScalePaging.QueryJob'; Values = { param($w) @{ Query = $w.Query; Around = (Import-PagedExport $w.Export)[0]; Connection = $w.LogScale } } }
    @{ Name = 'New-QueryJob'; Set = 'AroundEventId'; Emits = 'LogScalePaging.QueryJob'; Values = { param($w) $e = (Import-PagedExport $w.Export)[0]; @{ Query = $w.Query; AroundEventId = $e.'@id'; AroundTimestamp = $e.'@timestamp'; Start = '2h'; Connection = $w.LogScale } } }
    @{ Name = 'Get-QueryJob'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.QueryJobStatus'; Hangs = 'Heartbeat', 'LogScaleServer'; Values = { param($w) @{ Job = New-CaseJob $w; Connection = $w.LogScale } } }
    @{ Name = 'Wait-QueryJob'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.QueryJobStatus'; Hangs = 'Poll', 'LogScaleServer'; Values = { param($w) @{ Job = New-CaseJob $w; Connection = $w.LogScale } } }
    @{ Name = 'Get-QueryJobPage'; Set = 'Buffer'; Emits = 'LogScalePaging.Event'; Hangs = 'Poll', 'LogScaleServer'; Values = { param($w) @{ Job = New-CaseJob $w; First = 5; Connection = $w.LogScale; WarningAction = 'SilentlyContinue' } } }
    @{ Name = 'Get-QueryJobPage'; Set = 'All'; Emits = 'LogScalePaging.Event'; Hangs = 'Poll', 'LogScaleServer'; Values = { param($w) @{ Job = New-CaseJob $w; All = $true; Connection = $w.LogScale } } }
    @{ Name = 'Send-QueryJobHeartbeat'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.QueryJobStatus'; Hangs = 'Heartbeat', 'LogScaleServer'; Values = { param($w) @{ Job = New-CaseJob $w; PassThru = $true; Connection = $w.LogScale } } }
    @{ Name = 'Stop-QueryJob'; Set = '__AllParameterSets'; Hangs = 'Delete', 'LogScaleServer'; Values = { param($w) @{ Job = New-CaseJob $w; Connection = $w.LogScale } } }

    @{ Name = 'Invoke-QueryJob'; Set = 'Query'; Emits = 'LogScalePaging.Event'; Hangs = 'Poll', 'LogScaleServer'; Values = { param($w) @{ Query = $w.Query; Start = '2h'; Connection = $w.LogScale } } }
    @{ Name = 'Invoke-QueryJob'; Set = 'QueryFile'; Emits = 'LogScalePaging.Event'; Values = { param($w) @{ QueryFile = New-CaseQueryFile $w $w.Query; Start = '2h'; Connection = $w.LogScale } } }
    @{ Name = 'Measure-QueryJob'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.QueryJobMeasure'; Hangs = 'Poll', 'LogScaleServer'; Values = { param($w) @{ Query = $w.Query; Start = '2h'; Connection = $w.LogScale } } }
    @{ Name = 'Invoke-FalconQuery'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.FalconRecord'; Hangs = 'Rest', 'FalconServer'; Values = { param($w) @{ Endpoint = '/devices/combined/devices/v1'; Connection = $w.Falcon } } }
    @{ Name = 'Invoke-AxiomQuery'; Set = 'Dataset'; Emits = 'LogScalePaging.AxiomEvent'; Hangs = 'Query', 'AxiomServer'; Values = { param($w) @{ Dataset = 'demo'; Start = '2d'; Connection = $w.Axiom } } }
    @{ Name = 'Invoke-AxiomQuery'; Set = 'Query'; Emits = 'LogScalePaging.AxiomEvent'; Hangs = 'Query', 'AxiomServer'; Values = { param($w) @{ Query = "['demo'] | where status >= 0"; Start = '2d'; Connection = $w.Axiom } } }
    @{ Name = 'Invoke-AxiomQuery'; Set = 'QueryFile'; Emits = 'LogScalePaging.AxiomEvent'; Values = { param($w) @{ QueryFile = New-CaseQueryFile $w "['demo'] | where status >= 0"; Start = '2d'; Connection = $w.Axiom } } }
    @{ Name = 'Invoke-TaniumQuery'; Set = 'Field'; Emits = 'LogScalePaging.TaniumRecord'; Hangs = 'Query', 'TaniumServer'; Values = { param($w) @{ Field = 'endpoints'; Property = 'id', 'name'; Connection = $w.Tanium } } }
    @{ Name = 'Invoke-TaniumQuery'; Set = 'Query'; Emits = 'LogScalePaging.TaniumRecord'; Hangs = 'Query', 'TaniumServer'; Values = { param($w) @{ Query = $w.GraphQL; Connection = $w.Tanium } } }
    @{ Name = 'Invoke-TaniumQuery'; Set = 'QueryFile'; Emits = 'LogScalePaging.TaniumRecord'; Values = { param($w) @{ QueryFile = New-CaseQueryFile $w $w.GraphQL; Connection = $w.Tanium } } }

    @{ Name = 'Invoke-QueryJobExport'; Set = 'Query'; Emits = 'LogScalePaging.ExportResult'; Asks = $true; Hangs = 'Poll', 'LogScaleServer'; Values = { param($w) @{ Query = $w.Query; Path = New-CasePath $w; Start = '2h'; Connection = $w.LogScale } } }
    @{ Name = 'Invoke-QueryJobExport'; Set = 'QueryFile'; Emits = 'LogScalePaging.ExportResult'; Asks = $true; Values = { param($w) @{ QueryFile = New-CaseQueryFile $w $w.Query; Path = New-CasePath $w; Start = '2h'; Connection = $w.LogScale } } }
    @{ Name = 'Invoke-FalconExport'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.ExportResult'; Asks = $true; Hangs = 'Rest', 'FalconServer'; Values = { param($w) @{ Endpoint = '/devices/combined/devices/v1'; Path = New-CasePath $w; Connection = $w.Falcon } } }
    @{ Name = 'Invoke-AxiomExport'; Set = 'Dataset'; Emits = 'LogScalePaging.ExportResult'; Asks = $true; Hangs = 'Query', 'AxiomServer'; Values = { param($w) @{ Dataset = 'demo'; Path = New-CasePath $w; Start = '2d'; Connection = $w.Axiom } } }
    @{ Name = 'Invoke-AxiomExport'; Set = 'Query'; Emits = 'LogScalePaging.ExportResult'; Asks = $true; Hangs = 'Query', 'AxiomServer'; Values = { param($w) @{ Query = "['demo'] | where status >= 0"; Path = New-CasePath $w; Start = '2d'; Connection = $w.Axiom } } }
    @{ Name = 'Invoke-AxiomExport'; Set = 'QueryFile'; Emits = 'LogScalePaging.ExportResult'; Asks = $true; Values = { param($w) @{ QueryFile = New-CaseQueryFile $w "['demo'] | where status >= 0"; Path = New-CasePath $w; Start = '2d'; Connection = $w.Axiom } } }
    @{ Name = 'Invoke-TaniumExport'; Set = 'Field'; Emits = 'LogScalePaging.ExportResult'; Asks = $true; Hangs = 'Query', 'TaniumServer'; Values = { param($w) @{ Field = 'endpoints'; Property = 'id', 'name'; Path = New-CasePath $w; Connection = $w.Tanium } } }
    @{ Name = 'Invoke-TaniumExport'; Set = 'Query'; Emits = 'LogScalePaging.ExportResult'; Asks = $true; Hangs = 'Query', 'TaniumServer'; Values = { param($w) @{ Query = $w.GraphQL; Path = New-CasePath $w; Connection = $w.Tanium } } }
    @{ Name = 'Invoke-TaniumExport'; Set = 'QueryFile'; Emits = 'LogScalePaging.ExportResult'; Asks = $true; Values = { param($w) @{ QueryFile = New-CaseQueryFile $w $w.GraphQL; Path = New-CasePath $w; Connection = $w.Tanium } } }
    @{ Name = 'New-PagedExportPlan'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.PagedExportPlan'; Hangs = 'Poll', 'LogScaleServer'; Values = { param($w) @{ Query = $w.Query; Path = (New-CasePath $w) -replace '\.ndjson$', '.json'; Slices = 2; Start = '2h'; Connection = $w.LogScale } } }
    @{ Name = 'Invoke-PagedExportSlice'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.ExportResult'; Hangs = 'Poll', 'LogScaleServer'; Values = { param($w) @{ Plan = New-CasePlan $w; Index = 0; Connection = $w.LogScale } } }
    @{ Name = 'Merge-PagedExport'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.ExportResult'; Hangs = 'Poll', 'LogScaleServer'; Values = { param($w) @{ Plan = New-CasePlan $w -Run; Connection = $w.LogScale } } }
    @{ Name = 'Resume-PagedExport'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.ExportResult'; Hangs = 'Poll', 'LogScaleServer'; Values = { param($w) @{ Path = New-CaseBroken $w; Connection = $w.LogScale } } }
    @{ Name = 'Test-PagedExport'; Set = 'Path'; Emits = 'LogScalePaging.ExportVerification'; Values = { param($w) @{ Path = $w.Export } } }
    @{ Name = 'Test-PagedExport'; Set = 'LiteralPath'; Emits = 'LogScalePaging.ExportVerification'; Values = { param($w) @{ LiteralPath = $w.Export } } }
    @{ Name = 'Import-PagedExport'; Set = 'Path'; Emits = 'LogScalePaging.Event'; Values = { param($w) @{ Path = $w.Export } } }
    @{ Name = 'Import-PagedExport'; Set = 'LiteralPath'; Emits = 'LogScalePaging.Event'; Values = { param($w) @{ LiteralPath = $w.Export } } }
    @{ Name = 'Show-PagedExport'; Set = 'Path'; Emits = 'LogScalePaging.ExportChart'; Values = { param($w) @{ Path = $w.Export } } }
    @{ Name = 'Show-PagedExport'; Set = 'LiteralPath'; Emits = 'LogScalePaging.ExportChart'; Values = { param($w) @{ LiteralPath = $w.Export } } }
    @{ Name = 'New-PagedExportReport'; Set = 'Path'; Emits = 'System.IO.FileInfo'; Values = { param($w) @{ Path = $w.Export; Destination = "$(New-CasePath $w).html" } } }
    @{ Name = 'New-PagedExportReport'; Set = 'LiteralPath'; Emits = 'System.IO.FileInfo'; Values = { param($w) @{ LiteralPath = $w.Export; Destination = "$(New-CasePath $w).html" } } }

    @{ Name = 'Start-LogScaleSimulator'; Set = '__AllParameterSets'; Emits = 'LogScalePaging.LogScaleSimulatorInstance'; Values = { @{ EventCount = 0 } } }
    @{ Name = 'Stop-LogScaleSimulator'; Set = '__AllParameterSets'; Values = { @{ InputObject = Start-LogScaleSimulator -EventCount 0 } } }
)

$CmdletCasesLeftOut = @{
    'Invoke-QueryJob Around'  = 'takes events, not parameters, from the pipeline: Hunt.Tests.ps1'
    'Connect-LogScale Secret' = 'needs a vault: Falcon.Tests.ps1, SamplesSchedule.Tests.ps1'
    'Connect-Axiom Secret'    = 'needs a vault: Falcon.Tests.ps1 tests the code that all systems share'
    'Connect-Tanium Secret'   = 'needs a vault: Falcon.Tests.ps1 tests the code that all systems share'
}

# A mistake with each cmdlet: the id, category and target of its error, and words of what to do, in the message or in its advice.
$CmdletMistakes = @(
    @{ Name = 'Connect-LogScale'; Id = 'InvalidArgument'; Category = 'InvalidArgument'; Target = 'no address'; Advice = 'Write it with its scheme'; Run = { param($w) Connect-LogScale 'no address' -Repository demo -Token $w.LogScaleServer.Token } }
    @{ Name = 'Connect-Falcon'; Id = 'InvalidArgument'; Category = 'InvalidArgument'; Target = 'ftp://falcon.example'; Advice = 'Write it with its scheme'; Run = { param($w) Connect-Falcon -BaseUrl ftp://falcon.example -ClientId a -ClientSecret $w.FalconServer.ClientSecret } }
    @{ Name = 'Connect-Axiom'; Id = 'InvalidArgument'; Category = 'InvalidArgument'; Target = 'no address'; Advice = 'Write it with its scheme'; Run = { param($w) Connect-Axiom -BaseUrl 'no address' -Token $w.AxiomServer.Token } }
    @{ Name = 'Connect-Tanium'; Id = 'InvalidArgument'; Category = 'InvalidArgument'; Target = 'no address'; Advice = 'Write it with its scheme'; Run = { param($w) Connect-Tanium 'no address' -Token $w.TaniumServer.Token } }
    @{ Name = 'Disconnect-LogScale'; Id = 'WrongSystem'; Category = 'InvalidArgument'; Target = 'http*'; Advice = 'Use Connect-LogScale'; Run = { param($w) Disconnect-LogScale $w.Axiom } }
    @{ Name = 'Disconnect-Falcon'; Id = 'WrongSystem'; Category = 'InvalidArgument'; Target = 'http*'; Advice = 'Use Connect-Falcon'; Run = { param($w) Disconnect-Falcon $w.LogScale } }
    @{ Name = 'Disconnect-Axiom'; Id = 'WrongSystem'; Category = 'InvalidArgument'; Target = 'http*'; Advice = 'Use Connect-Axiom'; Run = { param($w) Disconnect-Axiom $w.LogScale } }
    @{ Name = 'Disconnect-Tanium'; Id = 'WrongSystem'; Category = 'InvalidArgument'; Target = 'http*'; Advice = 'Use Connect-Tanium'; Run = { param($w) Disconnect-Tanium $w.LogScale } }
    @{ Name = 'Get-LogScaleConnection'; Id = 'PositionalParameterNotFound'; Category = 'InvalidArgument'; Advice = "argument 'text'"; Run = { Get-LogScaleConnection text } }
    @{ Name = 'Test-LogScaleConnection'; Id = 'CannotConvertArgumentNoMessage'; Category = 'InvalidArgument'; Advice = "parameter 'Connection'"; Run = { Test-LogScaleConnection text } }

    @{ Name = 'Get-FalconChildCid'; Id = 'WrongSystem'; Category = 'InvalidArgument'; Advice = 'Use Connect-Falcon'; Run = { param($w) Get-FalconChildCid -Connection $w.LogScale } }
    @{ Name = 'New-QueryJob'; Id = 'BadRequest'; Category = 'InvalidArgument'; Target = 'foo | bar('; Advice = 'bar\('; Run = { param($w) New-QueryJob 'foo | bar(' -Connection $w.LogScale } }
    @{ Name = 'Get-QueryJob'; Id = 'QueryJobLost'; Category = 'ObjectNotFound'; Target = 'no-such-job'; Advice = 'New-QueryJob'; Run = { param($w) Get-QueryJob no-such-job -Connection $w.LogScale } }
    @{ Name = 'Wait-QueryJob'; Id = 'QueryJobLost'; Category = 'ObjectNotFound'; Target = 'no-such-job'; Advice = 'New-QueryJob'; Run = { param($w) Wait-QueryJob no-such-job -Connection $w.LogScale } }
    @{ Name = 'Get-QueryJobPage'; Id = 'QueryJobLost'; Category = 'ObjectNotFound'; Target = 'no-such-job'; Advice = 'New-QueryJob'; Run = { param($w) Get-QueryJobPage no-such-job -Connection $w.LogScale } }
    @{ Name = 'Send-QueryJobHeartbeat'; Id = 'QueryJobLost'; Category = 'ObjectNotFound'; Target = 'no-such-job'; Advice = 'New-QueryJob'; Run = { param($w) Send-QueryJobHeartbeat no-such-job -Connection $w.LogScale } }
    # A job that is gone is what Stop-QueryJob is for, and no mistake.
    @{ Name = 'Stop-QueryJob'; Id = 'WrongSystem'; Category = 'InvalidArgument'; Advice = 'Connect-LogScale'; Run = { param($w) Stop-QueryJob no-such-job -Connection $w.Axiom } }

    @{ Name = 'Invoke-QueryJob'; Id = 'BadRequest'; Category = 'InvalidArgument'; Target = 'foo | bar('; Advice = 'bar\('; Run = { param($w) Invoke-QueryJob 'foo | bar(' -Connection $w.LogScale } }
    @{ Name = 'Invoke-FalconQuery'; Id = 'NotTheApi'; Category = 'InvalidResult'; Target = '/no/such/list/v1'; Advice = '-BaseUrl'; Run = { param($w) Invoke-FalconQuery /no/such/list/v1 -Connection $w.Falcon } }
    @{ Name = 'Invoke-AxiomQuery'; Id = 'NotFound'; Category = 'ObjectNotFound'; Target = 'none'; Advice = 'Check its name'; Run = { param($w) Invoke-AxiomQuery -Dataset none -Start 1d -Connection $w.Axiom } }
    @{ Name = 'Invoke-TaniumQuery'; Id = 'UnexpectedStatus'; Category = 'InvalidResult'; Target = 'noField'; Advice = 'Cannot query field'; Run = { param($w) Invoke-TaniumQuery noField -Property id -Connection $w.Tanium } }
    @{ Name = 'Invoke-QueryJobExport'; Id = 'BadRequest'; Category = 'InvalidArgument'; Target = '*case-*.ndjson'; Advice = 'bar\('; Run = { param($w) Invoke-QueryJobExport 'foo | bar(' (New-CasePath $w) -Connection $w.LogScale } }
    @{ Name = 'Invoke-FalconExport'; Id = 'NotTheApi'; Category = 'InvalidResult'; Target = '*case-*.ndjson'; Advice = '-BaseUrl'; Run = { param($w) Invoke-FalconExport /no/such/list/v1 (New-CasePath $w) -Connection $w.Falcon } }
    @{ Name = 'Invoke-AxiomExport'; Id = 'NotFound'; Category = 'ObjectNotFound'; Target = '*case-*.ndjson'; Advice = 'Check its name'; Run = { param($w) Invoke-AxiomExport -Dataset none -Path (New-CasePath $w) -Start 1d -Connection $w.Axiom } }
    @{ Name = 'Invoke-TaniumExport'; Id = 'UnexpectedStatus'; Category = 'InvalidResult'; Target = '*case-*.ndjson'; Advice = 'Cannot query field'; Run = { param($w) Invoke-TaniumExport noField (New-CasePath $w) -Property id -Connection $w.Tanium } }
    @{ Name = 'Measure-QueryJob'; Id = 'BadRequest'; Category = 'InvalidArgument'; Target = 'foo | bar('; Advice = 'bar\('; Run = { param($w) Measure-QueryJob 'foo | bar(' -Connection $w.LogScale } }
    @{ Name = 'New-PagedExportPlan'; Id = 'InvalidArgument'; Category = 'InvalidArgument'; Target = 'count()'; Advice = 'Export it in one run'; Run = { param($w) New-PagedExportPlan 'count()' "$($w.Folder)/plan.json" -Slices 2 -Start 1h -Connection $w.LogScale } }
    @{ Name = 'Invoke-PagedExportSlice'; Id = 'FolderMissing'; Category = 'ObjectNotFound'; Target = '*none.json'; Advice = 'There is no plan'; Run = { param($w) Invoke-PagedExportSlice "$($w.Folder)/none.json" 0 -Connection $w.LogScale } }
    @{ Name = 'Merge-PagedExport'; Id = 'FolderMissing'; Category = 'ObjectNotFound'; Target = '*none.json'; Advice = 'There is no plan'; Run = { param($w) Merge-PagedExport "$($w.Folder)/none.json" -Connection $w.LogScale } }
    @{ Name = 'Resume-PagedExport'; Id = 'NothingToResume'; Category = 'ObjectNotFound'; Target = '*none.ndjson'; Advice = 'no checkpoint'; Run = { param($w) Resume-PagedExport "$($w.Folder)/none.ndjson" -Connection $w.LogScale } }
    @{ Name = 'Test-PagedExport'; Id = 'FolderMissing'; Category = 'ObjectNotFound'; Target = '*none*'; Advice = 'none'; Run = { param($w) Test-PagedExport "$($w.Folder)/none/*.ndjson" } }
    @{ Name = 'Import-PagedExport'; Id = 'ExportNotValid'; Category = 'InvalidData'; Target = 'not valid*'; Advice = 'Test-PagedExport'; Run = { param($w) Import-PagedExport "$($w.Folder)/none.ndjson" } }
    @{ Name = 'Show-PagedExport'; Id = 'ManifestUnreadable'; Category = 'InvalidData'; Target = '*none.ndjson'; Advice = 'neither the file nor its manifest exists'; Run = { param($w) Show-PagedExport "$($w.Folder)/none.ndjson" } }
    @{ Name = 'New-PagedExportReport'; Id = 'BadPath'; Category = 'InvalidArgument'; Target = '*finished.ndjson'; Advice = 'Choose another path'; Run = { param($w) New-PagedExportReport $w.Export $w.Export -Force } }
    @{ Name = 'Start-LogScaleSimulator'; Id = 'ParameterArgumentValidationError'; Category = 'InvalidData'; Advice = 'greater than or equal to 0'; Run = { Start-LogScaleSimulator -EventCount -1 } }
    @{ Name = 'Stop-LogScaleSimulator'; Id = 'CannotConvertArgumentNoMessage'; Category = 'InvalidArgument'; Advice = "parameter 'InputObject'"; Run = { Stop-LogScaleSimulator text } }
)
