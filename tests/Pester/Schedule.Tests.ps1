# Exports from a watermark, and the samples that use it.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $samples = Resolve-Path "$PSScriptRoot/../../samples"
    $query = '#event_simpleName=ProcessRollup2'
}

Describe 'Invoke-QueryJobExport -Watermark' {
    BeforeAll {
        $server = New-TestServer @{ EventCount = 5000 }
        $null = $server | Connect-LogScale
        $schedule = @{ Query = $query; Path = "$TestDrive/events-{start}-{end}.ndjson"; Watermark = "$TestDrive/state.json"; Start = '3h' }
    }

    AfterAll { $server | Stop-LogScaleSimulator }

    It 'exports what came since the last run' {
        $first = Invoke-QueryJobExport @schedule -Lag 30m -Lookback 1h
        $first | Should -BeOfType LogScalePaging.ScheduleResult
        $first.State | Should -Be Complete
        $first.HasGap | Should -BeFalse
        $first.Behind | Should -BeGreaterThan ([timespan]'00:29:59')
        $second = Invoke-QueryJobExport @schedule -Lag 10m -Lookback 1h
        $second.RangeStart | Should -Be $first.RangeEnd
        $ids = Get-Content "$TestDrive/events-*.ndjson" | ForEach-Object { ($_ | ConvertFrom-Json).'@id' }
        $ids.Count | Should -Be ($first.Events + $second.Events)
        @($ids | Sort-Object -Unique).Count | Should -Be $ids.Count
        $second.Exports[0].Path | Test-PagedExport | ForEach-Object IsValid | Should -BeTrue
        $server.LiveJobCount | Should -Be 0
    }

    It 'emits the files with -PassThru' {
        $files = Invoke-QueryJobExport @schedule -Lag 0 -Lookback 1h -PassThru
        $files | Should -BeOfType System.IO.FileInfo
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a query that is not cut by time'; With = @{ Query = '* | count()' }; Message = '*cannot be continued from a watermark, because count() combines many events into rows*' }
        @{ Name = '-End'; With = @{ End = 'now' }; Message = '*-End cannot be used with -Watermark*' }
        @{ Name = '-Force'; With = @{ Force = $true }; Message = '*never replaces a file*' }
        @{ Name = '-MaxEvents'; With = @{ MaxEvents = 5 }; Message = '*would never be exported*' }
        @{ Name = 'a path without a placeholder'; With = @{ Path = 'events.ndjson' }; Message = '*Add a placeholder*' }
        @{ Name = 'another query'; With = @{ Query = 'other' }; Message = '*belongs to another schedule: its query is*' }
    ) {
        $arguments = $schedule.Clone()
        $With.Keys | ForEach-Object { $arguments[$_] = $With[$_] }
        { Invoke-QueryJobExport @arguments -ErrorAction Stop } | Should -Throw -ExpectedMessage $Message
    }

    It 'refuses -Lag without -Watermark, and what is not a length of time' {
        { Invoke-QueryJobExport $query "$TestDrive/x.ndjson" -Lag 5m -ErrorAction Stop } | Should -Throw '*-Lag requires -Watermark*'
        { Invoke-QueryJobExport @schedule -Lag soon } | Should -Throw '*is not a length of time*'
    }

    It 'reads only late events of the look-back where the server finds them by their ingest time' {
        $arguments = $schedule.Clone()
        $arguments.Path, $arguments.Watermark = "$TestDrive/late-{start}-{end}.ndjson", "$TestDrive/late.json"
        $first = Invoke-QueryJobExport @arguments -Lag 1m
        $second = Invoke-QueryJobExport @arguments -Lag 0 -Verbose 4>&1 3>&1
        "$second" | Should -BeLike '*the server finds events by their ingest time*'
        $result = $second | Where-Object { $_ -is [LogScalePaging.ScheduleResult] }
        $result.State | Should -Be Complete
        $result.Exports[0].RangeStart | Should -Be $first.RangeEnd
    }

    It 'ends with an error if the watermark is far in the future' {
        $state = Get-Content "$TestDrive/state.json" -Raw | ConvertFrom-Json
        $state.position += 864000000
        $state.knownFrom += 864000000
        $state | ConvertTo-Json -Depth 9 | Set-Content "$TestDrive/future.json"
        $arguments = $schedule.Clone()
        $arguments.Watermark = "$TestDrive/future.json"
        { Invoke-QueryJobExport @arguments -ErrorAction Stop } | Should -Throw -ErrorId 'WatermarkInFuture,*' -ExpectedMessage '*begin again with -Start at the end of*'
    }

    It 'is not Complete after a time limit, and is an error with -RequireComplete' {
        $arguments = $schedule.Clone()
        $arguments.Path, $arguments.Watermark, $arguments.Start = "$TestDrive/limit-{start}.ndjson", "$TestDrive/limit.json", '30d'
        # There are thousands of steps, and each one takes some milliseconds.
        $run = Invoke-QueryJobExport @arguments -MaxStep 10m -StopAfter 3s -SummaryVariable kept -ErrorAction SilentlyContinue -ErrorVariable failed -WarningAction SilentlyContinue
        $run.State, $run.HasGap, $kept.HasGap | Should -Be Incomplete, $true, $true
        $run.Reason | Should -BeLike '*after 3s, the time given by -StopAfter*'
        $run.Files.Count | Should -BeGreaterThan 0
        $failed.FullyQualifiedErrorId | Should -BeLike 'NotComplete,*'
        { Invoke-QueryJobExport @arguments -MaxStep 10m -StopAfter 1s -RequireComplete -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'NotComplete,*'
    }

    It 'is an error with -RequireComplete if events arrived too late' {
        $arguments = $schedule.Clone()
        $arguments.Path, $arguments.Watermark = "$TestDrive/over-{start}-{end}.ndjson", "$TestDrive/over.json"
        $null = Invoke-QueryJobExport @arguments -Lag 10m -Lookback 1m
        # The server seems to have more events now.
        $state = Get-Content "$TestDrive/over.json" -Raw | ConvertFrom-Json
        ($state.watched | Where-Object count -GT 2 | Select-Object -First 1).count -= 2
        $state | ConvertTo-Json -Depth 9 | Set-Content "$TestDrive/over.json"
        Copy-Item "$TestDrive/over.json" "$TestDrive/over2.json"
        $run = Invoke-QueryJobExport @arguments -Lag 5m -Lookback 1m -WarningAction SilentlyContinue -ErrorAction Stop
        $run.State, $run.TooLate | Should -Be Complete, 2
        $run.Reason | Should -Be 'all events up to the watermark are exported, except those that arrived too late'
        $arguments.Path, $arguments.Watermark = "$TestDrive/over2-{start}-{end}.ndjson", "$TestDrive/over2.json"
        { Invoke-QueryJobExport @arguments -Lag 5m -Lookback 1m -RequireComplete -WarningAction SilentlyContinue } |
            Should -Throw -ErrorId 'NotComplete,*' -ExpectedMessage '2 events arrived too late and are in no file*'
    }

    It 'writes nothing with -WhatIf' {
        Invoke-QueryJobExport $query "$TestDrive/w-{start}.ndjson" -Watermark "$TestDrive/w.json" -WhatIf
        Get-Item "$TestDrive/w*" | Should -BeNullOrEmpty
    }
}

Describe 'Exports of other systems from a watermark' {
    It 'exports a dataset of Axiom' {
        $axiom = Start-LogScaleSimulator -System Axiom
        try {
            $null = $axiom | Connect-Axiom
            $schedule = @{ Dataset = $axiom.Dataset; Path = "$TestDrive/axiom-{start}-{end}.ndjson"; Watermark = "$TestDrive/axiom.json"; Start = '3h' }
            $first = Invoke-AxiomExport @schedule -Lag 1h
            $second = Invoke-AxiomExport @schedule -Lag 0
            $all = Invoke-AxiomExport -Dataset $axiom.Dataset -Path "$TestDrive/axiom-all.ndjson" -Start $first.RangeStart -End $second.RangeEnd
            $first.Events, $second.Events | Should -Not -Contain 0
            $first.Events + $second.Events | Should -Be $all.Events
        }
        finally { $axiom | Stop-LogScaleSimulator }
    }

    It 'exports an endpoint of Falcon by a time field, and requires one' {
        $falcon = Start-LogScaleSimulator -System Falcon
        try {
            $null = $falcon | Connect-Falcon
            $schedule = @{ Endpoint = '/alerts/combined/alerts/v1'; Path = "$TestDrive/falcon-{start}-{end}.ndjson"; Watermark = "$TestDrive/falcon.json" }
            { Invoke-FalconExport @schedule -ErrorAction Stop } | Should -Throw '*no time field*'
            $run = Invoke-FalconExport @schedule -SliceBy created_timestamp -Start 3650d -MaxStep 366d
            $run.State | Should -Be Complete
            $run.HasGap | Should -BeFalse
        }
        finally { $falcon | Stop-LogScaleSimulator }
    }
}

Describe 'Exports of child tenants from watermarks' {
    BeforeAll {
        $falcon = Start-LogScaleSimulator -System Falcon -EventCount 30 -ChildCount 3
        $null = $falcon | Connect-Falcon -MaxRetryCount 0
        $cids = $falcon.MemberCids
        Push-Location $TestDrive
        $tenants = @{ Query = '*'; Path = 't-{cid}-{start:yyyyMMddHHmmssfff}.ndjson'; Watermark = '{cid}.state'; Start = '48h'; MaxStep = '30d' }
    }
    AfterAll { Pop-Location; $falcon | Stop-LogScaleSimulator }

    It 'have one watermark, one result and one verdict for each tenant' {
        $first = @(Invoke-QueryJobExport @tenants -MemberCid $cids -Lag 1h -SummaryVariable summary)
        $first | Should -BeOfType LogScalePaging.ScheduleResult
        $first.Tenant | Sort-Object | Should -Be $cids
        $first.State | Select-Object -Unique | Should -Be Complete
        $first | ForEach-Object { $_.Watermark | Should -Be (Join-Path $TestDrive "$($_.Tenant).state") }
        ($first[0] | Out-String) | Should -Match "Tenant *: $($first[0].Tenant)"
        $summary.State, $summary.Tenants, $summary.Failed | Should -Be Complete, 3, 0
        $summary.Results.Path | Sort-Object | Should -Be ($first.Watermark | Sort-Object)
        $second = @($cids | ForEach-Object { [pscustomobject]@{ Cid = $_ } } | Invoke-QueryJobExport @tenants -Lag 0)
        $second.Count | Should -Be 3
        foreach ($cid in $cids) {
            $rows = @(Get-Content "t-$cid-*.ndjson" | ConvertFrom-Json -AsHashtable)
            $rows.Count | Should -Be (($first + $second | Where-Object Tenant -EQ $cid).Events | Measure-Object -Sum).Sum
            @($rows.cid | Select-Object -Unique) | Should -Be $cid
        }
    }

    It 'name a tenant that fails, and the others move on' {
        $before = Get-Content "$($cids[0]).state" -Raw
        $unknown = 'f' * 32
        $results = @(Invoke-QueryJobExport @tenants -MemberCid ($cids + $unknown) -Lag 0 -SummaryVariable summary -ErrorAction SilentlyContinue -ErrorVariable failed -WarningAction SilentlyContinue)
        $results.Count | Should -Be 3
        "$failed" | Should -Match $unknown
        $summary.State, $summary.Failed | Should -Be Incomplete, 1
        Test-Path "$unknown.state" | Should -BeFalse
        Get-Content "$($cids[0]).state" -Raw | Should -Not -Be $before
    }

    It 'count tenants that are behind' {
        $arguments = $tenants.Clone()
        $arguments.Path, $arguments.Watermark, $arguments.MaxStep = 'b-{cid}-{start:yyyyMMddHHmmssfff}.ndjson', 'b-{cid}.state', '10m'
        $arguments.Start = '366d'
        $results = @(Invoke-QueryJobExport @arguments -MemberCid $cids -StopAfter 3s -SummaryVariable summary -ErrorAction SilentlyContinue -WarningVariable warned -WarningAction SilentlyContinue)
        $results.State | Should -Be Incomplete, Incomplete, Incomplete
        $summary.State, $summary.Complete, $summary.Behind | Should -Be Incomplete, 0, 3
        $summary.Results.HasGap | Should -Be $true, $true, $true
        "$($warned[-1])" | Should -BeLike '0 of 3 tenants are complete; 3 behind: *'
    }

    It 'refuse <Name>' -ForEach @(
        @{ Name = 'one watermark for several tenants'; With = @{ Watermark = 'one.state' }; Message = '*Put {cid} into -Watermark*' }
        @{ Name = 'an unknown placeholder'; With = @{ Watermark = '{when}.state' }; Message = '*unknown placeholder*' }
        @{ Name = '-Force'; With = @{ Force = $true }; Message = '*never replaces a file*' }
    ) {
        $arguments = $tenants.Clone()
        $With.Keys | ForEach-Object { $arguments[$_] = $With[$_] }
        { Invoke-QueryJobExport @arguments -MemberCid $cids -ErrorAction Stop } | Should -Throw -ExpectedMessage $Message
    }

    It 'refuse a second query with the same watermark, for each tenant' {
        $arguments = $tenants.Clone()
        $arguments.Remove('Query')
        $arguments.Path, $arguments.Watermark = 'q-{cid}-{start}.ndjson', 'q-{cid}.state'
        $results = @('*', 'cid=*' | Invoke-QueryJobExport @arguments -MemberCid $cids -ErrorAction SilentlyContinue -ErrorVariable failed -WarningAction SilentlyContinue)
        $results.Tenant | Sort-Object | Should -Be $cids
        @($failed).Count | Should -Be 3
        $failed | ForEach-Object { "$_" | Should -BeLike 'Tenant *: An earlier query of this command uses the watermark file *q-*.state*' }
        Get-Item 'q-*.state' | ForEach-Object { (Get-Content $_ -Raw | ConvertFrom-Json).identity.query | Should -Be '*' }
    }

    It 'take the tenant of the connection, and refuse -Lag without -Watermark' {
        $null = $falcon | Connect-Falcon -MemberCid $cids[1]
        $one = Invoke-QueryJobExport '*' 'one-{start}.ndjson' -Watermark 'one-{cid}.state' -Start 48h -MaxStep 30d
        $one.Watermark | Should -Be (Join-Path $TestDrive "one-$($cids[1]).state")
        $null = $falcon | Connect-Falcon
        { Invoke-QueryJobExport '*' '{cid}.ndjson' -MemberCid $cids -Lag 5m -ErrorAction Stop } | Should -Throw '*-Lag requires -Watermark*'
    }
}

Describe 'The sample for the Task Scheduler' {
    BeforeAll {
        $server = New-TestServer @{ EventCount = 3000 }
        $folder = (New-Item -ItemType Directory "$TestDrive/task").FullName
        $server.Token | Export-Clixml "$folder/token.xml"
        function Invoke-Sample {
            # A task starts a new PowerShell. Setup.ps1 names the module in the environment.
            $command = "& '$samples/ScheduledExport.ps1' -BaseUrl $($server.BaseUrl) -Repository $($server.Repository) -Folder '$folder' -Query '$query' -Start 2h -Lag 1m; exit `$LASTEXITCODE"
            $script:output = Invoke-Shell -NoProfile -NonInteractive -Command $command
            $LASTEXITCODE
        }
    }

    AfterAll { $server | Stop-LogScaleSimulator }

    It 'exports, reports a failed run, and goes on' {
        Invoke-Sample | Should -Be 0 -Because "$output"
        $server.AddFault('403', 'Create', 0, 1000)
        Invoke-Sample | Should -Be 1 -Because "$output"
        $server.ClearFaults()
        Invoke-Sample | Should -Be 0 -Because "$output"
        $log = Import-Csv "$folder/log.csv"
        $log.Code | Should -Be 0, 1, 0
        [int]$log[0].Events | Should -BeGreaterThan 100
        @(Get-Item "$folder/events-*.ndjson.gz").Count | Should -Be 2
        Get-Item "$folder/events-*.ndjson.gz" | Test-PagedExport | ForEach-Object IsValid | Should -Not -Contain $false
    }
}

Describe 'The sample for Azure Automation' {
    BeforeAll {
        # Pester can mock only commands that exist, and Azure's modules may not be installed.
        function Get-AutomationPSCredential($Name) { }
        function Connect-AzAccount([switch] $Identity) { }
        function New-AzStorageContext($StorageAccountName, [switch] $UseConnectedAccount) { }
        function Get-AzStorageBlob($Container, $Context, $Prefix) { }
        function Get-AzStorageBlobContent($Container, $Context, $Blob, $Destination, [switch] $Force) { }
        function Set-AzStorageBlobContent($Container, $Context, $File, $Blob, [switch] $Force) { }
        $server = New-TestServer @{ EventCount = 3000 }
        $store = (New-Item -ItemType Directory "$TestDrive/blobs").FullName
        $arguments = @{ BaseUrl = $server.BaseUrl; Repository = $server.Repository; StorageAccount = 'logs'; Query = $query; Start = '2h'; Lag = '1m' }
    }

    AfterAll { $server | Stop-LogScaleSimulator }

    BeforeEach {
        $server.ClearFaults()
        Mock Get-AutomationPSCredential { [pscredential]::new('token', $server.Token) }
        Mock Connect-AzAccount { }
        Mock New-AzStorageContext { 'context' }
        Mock Get-AzStorageBlob { Get-ChildItem $store | Where-Object Name -Like "$Prefix*" }
        Mock Get-AzStorageBlobContent { Copy-Item (Join-Path $store $Blob) $Destination }
        Mock Set-AzStorageBlobContent { Copy-Item $File (Join-Path $store $Blob) -Force }
    }

    It 'keeps the watermark between jobs, and stores nothing when a job fails' {
        $first = & "$samples/AutomationSchedule.ps1" @arguments
        $first.State | Should -Be Complete
        $first.Events | Should -BeGreaterThan 100
        $server.AddFault('403', 'Create', 0, 1000)
        { & "$samples/AutomationSchedule.ps1" @arguments } | Should -Throw
        $server.ClearFaults()
        $second = & "$samples/AutomationSchedule.ps1" @arguments
        $second.RangeStart | Should -Be $first.RangeEnd
        @(Get-Item "$store/events-*.ndjson.gz").Count | Should -Be 2
        @(Get-Item "$store/*.manifest.json").Count | Should -Be 2
        $server.LiveJobCount | Should -Be 0
    }

    It 'fails when the storage does not answer, and does not begin again' {
        Mock Get-AzStorageBlob { throw 'the storage is down' }
        { & "$samples/AutomationSchedule.ps1" @arguments } | Should -Throw '*storage is down*'
        Should -Invoke Set-AzStorageBlobContent -Times 0 -Exactly
    }
}
