Describe 'Plans and slices' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = New-TestServer @{ EventCount = 1500 }
        $folder = Join-Path $TestDrive slices
        $null = New-Item $folder -ItemType Directory
        Push-Location $folder
        $plan = New-PagedExportPlan $Query plan.json -Start 24h -Slices 3
    }
    AfterAll {
        Pop-Location
        Stop-LogScaleSimulator
    }

    It 'cuts the range into slices of equal numbers of events' {
        $plan.Slices.Count | Should -Be 3
        ($plan.Slices.Expected | Measure-Object -Sum).Sum | Should -Be $plan.Expected
        $plan.Slices[0].Start | Should -Be $plan.RangeStart
        $plan.Slices[2].End | Should -Be $plan.RangeEnd
        $plan.Slices[1].Start | Should -Be $plan.Slices[0].End
        Get-Content plan.json -Raw | Should -Not -Match 'token'
    }

    It 'exports each slice, and all of them merged are one export' {
        $results = @($plan.Slices | Invoke-PagedExportSlice -Plan plan.json)
        $results.State | Should -Be Complete, Complete, Complete
        $results.Slice | Should -Be 0, 1, 2
        $results.PlanId | Select-Object -Unique | Should -Be $plan.PlanId
        $whole = $plan | Merge-PagedExport
        $whole.State | Should -Be Complete
        $whole.Files.Count | Should -Be 3
        (Test-PagedExport $whole.ManifestPath).IsValid | Should -BeTrue
        $file = Merge-PagedExport plan.json merged.ndjson -PassThru
        $file.Export.Events | Should -Be $plan.Expected
        $null = Invoke-QueryJobExport $Query single.ndjson -Start $plan.RangeStart -End $plan.RangeEnd
        (Get-FileHash merged.ndjson).Hash | Should -Be (Get-FileHash single.ndjson).Hash
    }

    It 'takes indexes from the pipeline' {
        (0, 2 | Invoke-PagedExportSlice plan.json).Slice | Should -Be 0, 2
        (0..1 | Invoke-PagedExportSlice -Plan plan.json -PassThru).Export.Slice | Should -Be 0, 1
        # A number is never the path of a plan.
        Get-ErrorId { 0 | Invoke-PagedExportSlice -Index 1 -ErrorAction Stop } | Should -Not -BeNullOrEmpty
    }

    It 'takes the index from <_>' -ForEach SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX {
        Set-Item "env:$_" 1
        try { (Invoke-PagedExportSlice plan.json).Slice | Should -Be 1 } finally { Remove-Item "env:$_" }
    }

    It 'refuses variables that differ, and no index' {
        { Invoke-PagedExportSlice plan.json -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*' -ExpectedMessage '*index of the slice is missing. Use -Index, or*'
        $env:SLURM_ARRAY_TASK_ID, $env:JOB_COMPLETION_INDEX = 0, 1
        try { { Invoke-PagedExportSlice plan.json -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*' -ExpectedMessage '*Unset one of them*' }
        finally { Remove-Item env:SLURM_ARRAY_TASK_ID, env:JOB_COMPLETION_INDEX }
    }

    It 'refuses a query that cannot be cut, with the reason' {
        { New-PagedExportPlan '* | count()' x.json -Slices 2 } | Should -Throw -ExpectedMessage '*count() combines many events into rows*'
        Test-Path x.json | Should -BeFalse
    }

    It 'writes nothing with -WhatIf' {
        New-PagedExportPlan $Query what.json -Slices 2 -WhatIf
        Test-Path what.json | Should -BeFalse
        $null = New-Item elsewhere -ItemType Directory
        Invoke-PagedExportSlice plan.json -Index 0 -Folder elsewhere -WhatIf
        Get-ChildItem elsewhere | Should -BeNullOrEmpty
        Merge-PagedExport plan.json never.ndjson -WhatIf
        Test-Path never.ndjson | Should -BeFalse
    }

    It 'refuses an edited plan, another index and a changed slice' {
        (Get-Content plan.json -Raw) -replace '"expected": \d+', '"expected": 1' | Set-Content edited.json
        { Invoke-PagedExportSlice edited.json -Index 0 -ErrorAction Stop } | Should -Throw -ErrorId 'PlanMismatch,*'
        { Invoke-PagedExportSlice plan.json -Index 3 -ErrorAction Stop } | Should -Throw -ErrorId 'PlanMismatch,*' -ExpectedMessage '*indexes 0 to 2*'
        $null = New-Item changed -ItemType Directory
        $null = $plan.Slices | Invoke-PagedExportSlice -Plan plan.json -Folder changed
        Get-Item changed/*-00001.ndjson | Add-Content -Value '{}'
        { Invoke-PagedExportSlice plan.json -Index 1 -Folder changed -ErrorAction Stop } | Should -Throw -ErrorId 'PlanMismatch,*' -ExpectedMessage '*was changed*'
        { Merge-PagedExport plan.json changed/all.ndjson -Folder changed -ErrorAction Stop } | Should -Throw -ErrorId 'PlanMismatch,*' -ExpectedMessage '*Slice 1 does not match*'
    }

    It 'says when a slice is to be tried again' {
        $null = New-Item locked -ItemType Directory
        $name = (Get-Item slice-*-00000.ndjson).Name
        $partial = New-Item "locked/$name.partial" -ItemType Directory
        $lock = [IO.File]::Open((Join-Path $partial lock), 'OpenOrCreate', 'ReadWrite', 'None')
        try { { Invoke-PagedExportSlice plan.json -Index 0 -Folder locked -ErrorAction Stop } | Should -Throw -ErrorId 'TryAgain,*' }
        finally { $lock.Dispose() }
    }

    It 'ends a slice after -StopAfter with the error of another try, and continues it' {
        $null = New-Item stopped -ItemType Directory
        $server.AddFault('Hang', 'Poll', 1, 1)
        $result = @($plan.Slices | Invoke-PagedExportSlice -Plan plan.json -Folder stopped -StopAfter 1s -ErrorVariable failed -ErrorAction SilentlyContinue)
        $server.ClearFaults()
        $result.State | Should -Be Incomplete, Incomplete, Incomplete
        $failed.FullyQualifiedErrorId | Should -Be (,'TryAgain,LogScalePaging.Commands.InvokePagedExportSliceCommand' * 3)
        "$($failed[0])" | Should -Be 'The slice is not finished: the run was stopped after 1s, the time given by -StopAfter. 0 events saved.'
        @($plan.Slices | Invoke-PagedExportSlice -Plan plan.json -Folder stopped -StopAfter 1h -NoOperator).State | Should -Be Complete, Complete, Complete
        (Get-Content stopped/*-00001.ndjson.manifest.json -Raw | ConvertFrom-Json).runs[0].PSObject.Properties.Name | Should -Not -Contain operator
        (Merge-PagedExport plan.json -Folder stopped -NoOperator).State | Should -Be Complete
        $manifest = Get-Content stopped/plan-*.manifest.json -Raw | ConvertFrom-Json
        $manifest.runs.slice | Should -Be 0, 1, 2, $null
        $manifest.runs.Count | Should -Be 4
        $manifest.runs | ForEach-Object { $_.PSObject.Properties.Name } | Should -Not -Contain machine
    }

    It 'has the format of times and the absence of operators in the plan' {
        $null = New-Item iso -ItemType Directory
        $own = New-PagedExportPlan $Query iso/plan.json -Start 24h -Slices 2 -TimestampFormat Iso -NoOperator
        $own.TimestampFormat, $own.NoOperator | Should -Be Iso, $true
        $null = $own.Slices | Invoke-PagedExportSlice -Plan iso/plan.json
        Get-Content iso/*.manifest.json -Raw | Should -Not -Match '"operator"'
        $file = Merge-PagedExport iso/plan.json iso/all.ndjson -PassThru
        $file | Get-Content -First 1 | Should -Match '"@timestamp":"\d{4}-\d\d-\d\dT[^"]+Z"'
        (Test-PagedExport iso/all.ndjson).IsValid | Should -BeTrue
    }

    It 'refuses an address that is no authority, before anything is fetched' {
        $sent = $server.RequestCount
        { Invoke-PagedExportSlice plan.json -Index 0 -TimestampServer 'file:///x' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
        { Merge-PagedExport plan.json never.ndjson -TimestampServer 'file:///x' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
        $server.RequestCount | Should -Be $sent
    }

    It 'ends after the first slice with Select-Object -First' {
        $null = New-Item first -ItemType Directory
        ($plan.Slices | Invoke-PagedExportSlice -Plan plan.json -Folder first | Select-Object -First 1).Slice | Should -Be 0
        @(Get-ChildItem first -Filter *.ndjson).Count | Should -Be 1
    }
}
