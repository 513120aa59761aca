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
