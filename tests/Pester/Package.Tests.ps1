BeforeDiscovery {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    # The package has the build of this checkout. These tests are skipped for a module from another folder.
    $elsewhere = (Split-Path $env:LOGSCALEPAGING_MODULE) -ne (Join-Path $root (Join-Path out LogScalePaging))
}

Describe 'The package' -Skip:$elsewhere {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        Add-Type -AssemblyName System.IO.Compression, System.IO.Compression.FileSystem
        $version = (Test-ModuleManifest $ModulePath).Version
        $build = (Resolve-Path "$PSScriptRoot/../../build.ps1").Path
        $package = (& $build -Task Package -NoBuild -Destination "$TestDrive/zip").FullName
        $modules = Join-Path (Resolve-Path $TestDrive).ProviderPath Modules
        [System.IO.Compression.ZipFile]::ExtractToDirectory($package, $modules)

        # Runs a script in a new PowerShell whose only modules are PowerShell's own and the package, and returns its lines.
        function Invoke-WithPackage([scriptblock] $Script, [object[]] $Arguments) {
            $file = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
            $path = "$modules$([System.IO.Path]::PathSeparator)$(Join-Path $PSHOME Modules)"
            "$Script" | Set-Content $file -Encoding utf8
            $old = $env:LOGSCALEPAGING_TEST_PATH
            try {
                $env:LOGSCALEPAGING_TEST_PATH = $path
                Invoke-Shell -NoProfile -NonInteractive -File $file @Arguments
            }
            finally { $env:LOGSCALEPAGING_TEST_PATH = $old }
        }
    }

    It 'is named after the version' { Split-Path $package -Leaf | Should -Be "LogScalePaging.$version.zip" }

    It 'holds the files of the module, and no others' {
        $files = @(
            'LICENSE'
            'LogScalePaging.Desktop.psm1'
            'LogScalePaging.Format.ps1xml'
            'LogScalePaging.psd1'
            'THIRD-PARTY-NOTICES.txt'
            'en-US/LogScalePaging.dll-Help.xml'
            'en-US/about_LogScalePaging.help.txt'
            'LogScalePaging', 'LogScalePaging.Loader' | ForEach-Object { "bin/net8.0/$_.dll" }
            'LogScalePaging.Core', 'LogScalePaging.Simulator', 'Polly.Core', 'System.IO.Hashing' | ForEach-Object { "bin/net8.0/dependencies/$_.dll" }
            'LogScalePaging', 'LogScalePaging.Core', 'LogScalePaging.Simulator', 'Polly.Core',
            'Microsoft.Bcl.AsyncInterfaces', 'Microsoft.Bcl.TimeProvider', 'System.Buffers', 'System.ComponentModel.Annotations',
            'System.Diagnostics.DiagnosticSource', 'System.IO.Hashing', 'System.Memory', 'System.Numerics.Vectors',
            'System.Runtime.CompilerServices.Unsafe', 'System.Text.Encodings.Web', 'System.Text.Json', 'System.Threading.Channels', 'System.Threading.Tasks.Extensions' | ForEach-Object { "bin/netstandard2.0/$_.dll" }
        )
        $zip = [System.IO.Compression.ZipFile]::OpenRead($package)
        try { $names = $zip.Entries.FullName }
        finally { $zip.Dispose() }
        $names | Sort-Object | Should -Be ($files | ForEach-Object { "LogScalePaging/$version/$_" } | Sort-Object)
    }

    It 'names the libraries that it ships, and only those' {
        $folder = Split-Path $ModulePath
        $shipped = Get-ChildItem "$folder/bin" -Recurse -Filter *.dll | ForEach-Object BaseName | Where-Object { $_ -notlike 'LogScalePaging*' } | Sort-Object -Unique
        $named = [regex]::Matches((Get-Content -Raw "$folder/THIRD-PARTY-NOTICES.txt"), '(?m)(?<=^|, )(?:Polly|System|Microsoft)\.[\w.]+(?=,|\s|$)').Value | Sort-Object -Unique
        $named | Should -Be $shipped
    }

    It 'replaces an earlier package' {
        $before = (Get-Item $package).Length
        (& $build -Task Package -NoBuild -Destination "$TestDrive/zip").Length | Should -Be $before
        @(Get-ChildItem "$TestDrive/zip").Count | Should -Be 1
    }

    It 'works after it is expanded, by the name of the module' {
        $base, $count, $synopsis, $state, $view = Invoke-WithPackage -Arguments (Join-Path $TestDrive events.ndjson) {
            param($Out)
            $ErrorActionPreference = 'Stop'
            $env:PSModulePath = $env:LOGSCALEPAGING_TEST_PATH
            Import-Module LogScalePaging
            (Get-Module LogScalePaging).ModuleBase
            @(Get-Command -Module LogScalePaging).Count
            (Get-Help Test-PagedExport).Synopsis
            $null = Start-LogScaleSimulator -EventCount 900 -EventSpanHours 1 | Connect-LogScale
            $export = Invoke-QueryJobExport '*' -Start 1h -Path $Out
            $export.State
            ($export | Out-String) -split '\r?\n'
            Stop-LogScaleSimulator
        }
        $base | Should -Be (Join-Path $modules (Join-Path LogScalePaging $version))
        $count | Should -Be @(Get-Command -Module LogScalePaging).Count
        $synopsis | Should -Be (Get-Help Test-PagedExport).Synopsis
        $state | Should -Be Complete
        @($view) -match '^Reason\s+: the count agrees$' | Should -HaveCount 1
        @(Get-Content (Join-Path $TestDrive events.ndjson)).Count | Should -BeGreaterThan 200
    }

    It 'says when another copy is loaded, once' {
        $lines = Invoke-WithPackage -Arguments $ModulePath {
            param($Other)
            $env:PSModulePath = $env:LOGSCALEPAGING_TEST_PATH
            $(
                Import-Module LogScalePaging
                Import-Module LogScalePaging -Force
                'the other:'
                Import-Module $Other
                'again:'
                Import-Module $Other -Force
                Import-Module LogScalePaging -Force
                @(Get-Command -Module LogScalePaging).Count
            ) *>&1 | ForEach-Object { "$_" }
        }
        $lines[0, 2] | Should -Be 'the other:', 'again:'
        $lines[1] | Should -BeLike "*from '$(Join-Path $modules (Join-Path LogScalePaging $version))'*from '$(Split-Path $ModulePath)'*new session*"
        $lines[3] | Should -Be @(Get-Command -Module LogScalePaging).Count
        $lines | Should -HaveCount 4
    }
}

Describe 'The manifest at the root of a clone' -Skip:$elsewhere {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $root = (Resolve-Path "$PSScriptRoot/../..").Path
        $source = Join-Path $root LogScalePaging.psd1
    }

    It 'says "build first" when it is imported, and where the module is then' {
        $lines = Invoke-Shell -NoProfile -NonInteractive -Command "try { Import-Module '$source' -ErrorAction Stop } catch { `"`$_`" }; @(Get-Module LogScalePaging).Count"
        $lines[0] | Should -BeLike "*Build it first: dotnet build -c Release.*Import-Module '$(Join-Path $root (Join-Path out LogScalePaging))'"
        $lines[1] | Should -Be 0
        $lines | Should -HaveCount 2
    }

    It 'says the same of the module as the one of the module' {
        $built = Test-ModuleManifest $ModulePath
        $stated = Import-PowerShellDataFile $source
        $stated.ModuleVersion | Should -Be $built.Version
        $stated.GUID | Should -Be $built.Guid
        $stated.CmdletsToExport | Sort-Object | Should -Be ($built.ExportedCmdlets.Keys | Sort-Object)
        Get-Content $ModulePath -Raw | Should -Not -Match 'BuildFirst|#out#'
    }
}
