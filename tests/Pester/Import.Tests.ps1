Describe 'Import-PagedExport' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = New-TestServer @{ EventCount = 900 }
        $expected = @(Invoke-QueryJob $Query -Start 2h)
        $folder = Join-Path $TestDrive import
        $null = New-Item $folder -ItemType Directory
        Push-Location $folder
        $null = Invoke-QueryJobExport $Query -Path events.ndjson -Start 2h
    }
    AfterAll {
        Pop-Location
        Stop-LogScaleSimulator
    }

    It 'reads <Name> back as the events of the query' -ForEach @(
        @{ Name = 'e.json'; With = @{} }
        @{ Name = 'e.ndjson'; With = @{} }
        @{ Name = 'e.ndjson.gz'; With = @{} }
        @{ Name = 'e.json.gz'; With = @{ MaxFileEvents = 100 } }
    ) {
        $null = Invoke-QueryJobExport $Query -Path $Name -Start 2h @With
        $read = @(Import-PagedExport $Name -ErrorAction Stop)
        $read.Count | Should -Be $expected.Count
        $read[0].PSObject.TypeNames[0] | Should -Be 'LogScalePaging.Event'
        $read[0].'@timestamp' | Should -BeOfType [long]
        ($read | ForEach-Object { $_ | ConvertTo-Json -Compress }) | Should -Be ($expected | ForEach-Object { $_ | ConvertTo-Json -Compress })
    }

    It 'reads a csv with the time as a number, and null for an empty cell' {
        $null = Invoke-QueryJobExport $Query -Path e.csv -Start 2h
        $read = @(Import-PagedExport e.csv)
        $read.'@id' | Should -Be $expected.'@id'
        $read[0].'@timestamp' | Should -BeOfType [long]
        $read.'@timestamp' | Should -Be $expected.'@timestamp'
        $columns = $read[0].PSObject.Properties.Name
        $columns.Count | Should -Be @(Import-Csv e.csv)[0].PSObject.Properties.Name.Count
        foreach ($event in $read[0..20]) { foreach ($name in $columns) { $event.$name | Should -Not -Be '' } }
    }

    It 'keeps the fields of -Property, in their order' {
        $read = @(Import-PagedExport events.ndjson -Property ComputerName, '@id')
        $read[0].PSObject.Properties.Name | Should -Be ComputerName, '@id'
        $read.'@id' | Should -Be $expected.'@id'
    }

    It 'gives the records of <Name> the type that the query gives them' -ForEach @(
        @{ Name = 'LogScale'; Type = 'Event'; Manifest = 'LogScale'; Export = { $null = Start-LogScaleSimulator -EventCount 30 | Connect-LogScale; Invoke-QueryJobExport '*' typed.ndjson -Start 48h -Force } }
        @{ Name = 'NG-SIEM'; Type = 'Event'; Manifest = 'LogScale'; Export = { $null = Start-LogScaleSimulator -Gateway -EventCount 30 | Connect-Falcon; Invoke-QueryJobExport '*' typed.ndjson -Start 48h -Force } }
        @{ Name = 'a row of LogScale'; Type = 'Row'; Manifest = 'LogScale'; Export = { $null = Start-LogScaleSimulator -EventCount 30 | Connect-LogScale; Invoke-QueryJobExport 'count()' typed.ndjson -Start 48h -Force -WarningAction SilentlyContinue } }
        @{ Name = 'Falcon'; Type = 'FalconRecord'; Manifest = 'Falcon'; Export = { $null = Start-LogScaleSimulator Falcon -EventCount 30 | Connect-Falcon; Invoke-FalconExport /devices/combined/devices/v1 typed.ndjson -Force } }
        @{ Name = 'Axiom'; Type = 'AxiomEvent'; Manifest = 'Axiom'; Export = { $null = Start-LogScaleSimulator Axiom -EventCount 30 | Connect-Axiom; Invoke-AxiomExport -Dataset demo -Path typed.ndjson -Start 48h -Force } }
        @{ Name = 'a row of Axiom'; Type = 'Row'; Manifest = 'Axiom'; Export = { $null = Start-LogScaleSimulator Axiom -EventCount 30 | Connect-Axiom; Invoke-AxiomExport "['demo'] | summarize count() by level" typed.ndjson -Start 48h -Force } }
        @{ Name = 'Tanium'; Type = 'TaniumRecord'; Manifest = 'Tanium'; Export = { $null = Start-LogScaleSimulator Tanium -EventCount 30 | Connect-Tanium; Invoke-TaniumExport endpoints typed.ndjson -Property id, name -Force } }
    ) {
        try { $null = & $Export }
        finally { $null = $server | Connect-LogScale -MaxRetryCount 3 }
        $read = @(Import-PagedExport typed.ndjson -ErrorAction Stop)
        $read.Count | Should -BeGreaterThan 0
        $read | ForEach-Object { $_.PSObject.TypeNames[0] | Should -Be "LogScalePaging.$Type" }
        @($read[0].PSObject.TypeNames -eq 'LogScalePaging.Record').Count | Should -Be $(if ($Manifest -eq 'LogScale') { 0 } else { 1 })
    }

    It 'reads <System> in a manifest of <Version> version' -ForEach @(
        @{ System = 'NG-SIEM'; Version = 'an older'; Type = 'LogScalePaging.Event' }
        @{ System = 'Another'; Version = 'a newer'; Type = 'LogScalePaging.Record' }
    ) {
        Copy-Item events.ndjson named.ndjson
        $manifest = Get-Content events.ndjson.manifest.json -Raw | ConvertFrom-Json -AsHashtable
        $manifest.system = $System
        $manifest.files[0].name = 'named.ndjson'
        $manifest | ConvertTo-Json -Depth 20 | Set-Content named.ndjson.manifest.json
        $read = @(Import-PagedExport named.ndjson -ErrorAction SilentlyContinue)
        $read.Count | Should -Be $expected.Count
        $read[0].PSObject.TypeNames[0] | Should -Be $Type
        @($read[0].PSObject.TypeNames -eq $Type).Count | Should -Be 1
    }

    It 'adds what tells several exports apart, and offers their fields after a pipe' {
        $null = Invoke-QueryJobExport '* | head(3)' -Path other.ndjson -Start 2h
        $read = @(Get-Item events.ndjson, other.ndjson | Import-PagedExport -SourceProperty Query, Repository, Tenant)
        @($read | Group-Object SourceQuery).Name | Sort-Object | Should -Be ($Query, '* | head(3)' | Sort-Object)
        $read.SourceRepository | Select-Object -Unique | Should -Be demo
        $read[0].SourceTenant | Should -BeNullOrEmpty
        $read[0].PSObject.Properties.Name | Should -Contain SourceTenant
        $line = 'Import-PagedExport x.json | Where-Object Comp'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain ComputerName
    }

    It 'stops reading when the pipeline has enough' {
        @(Import-PagedExport events.ndjson | Select-Object -First 3).'@id' | Should -Be $expected[0..2].'@id'
    }

    It 'takes results, files and manifests, each export once' {
        $path = (Get-Item events.ndjson).FullName
        @(Get-Item events.ndjson, events.ndjson.manifest.json | Import-PagedExport).Count | Should -Be $expected.Count
        @(Import-PagedExport -LiteralPath $path).Count | Should -Be $expected.Count
        @(Invoke-QueryJobExport $Query -Path piped.ndjson -Start 2h | Import-PagedExport).Count | Should -Be $expected.Count
    }

    It 'says that a changed file is not what the manifest says, after its records' {
        Copy-Item events.ndjson changed.ndjson
        Copy-Item events.ndjson.manifest.json changed.ndjson.manifest.json
        $lines = Get-Content changed.ndjson
        Set-Content changed.ndjson ($lines | Select-Object -Skip 1)
        $read = @(Import-PagedExport changed.ndjson -ErrorVariable problem -ErrorAction SilentlyContinue)
        $read.Count | Should -Be ($expected.Count - 1)
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ExportNotValid,*'
        $problem[0].CategoryInfo.Category | Should -Be InvalidData
        $problem[0].TargetObject.Failed.Check | Should -Contain Sha256
        $problem[0].ErrorDetails.RecommendedAction | Should -BeLike '*Test-PagedExport*'
        { Import-PagedExport changed.ndjson -ErrorAction Stop } | Should -Throw -ErrorId 'ExportNotValid,*'
    }

    It 'goes on with the next path after one without a manifest' {
        Set-Content alone.ndjson '{"a":1}'
        $read = @(Import-PagedExport alone.ndjson, events.ndjson -ErrorVariable problem -ErrorAction SilentlyContinue)
        $read.Count | Should -Be $expected.Count
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'Export*,*'
    }

    It 'says that nothing was read where there is no export' {
        { Import-PagedExport none.ndjson -ErrorAction Stop } | Should -Throw -ErrorId 'ExportNotValid,*' `
            -ExpectedMessage "Nothing was read from '*none.ndjson'. There is no export '*none.ndjson': neither the file nor its manifest exists."
    }

    It 'warns of a pattern without a match' {
        Import-PagedExport nothing*.ndjson -WarningVariable said -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $said[0].Message | Should -BeLike "*'nothing``*.ndjson'*"
    }

    It 'needs no connection' {
        $other = New-OtherPowerShell
        try {
            $count = $other.AddScript("@(Import-PagedExport '$((Get-Item events.ndjson).FullName)').Count").Invoke()
            $other.Streams.Error | Should -BeNullOrEmpty
            $count | Should -Be $expected.Count
        }
        finally { $other.Runspace.Dispose(); $other.Dispose() }
    }
}
