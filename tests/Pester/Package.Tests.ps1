BeforeDiscovery {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    # The package has the build of this checkout. These tests are skipped for a module from another folder.
    $canPublish = $null -ne (Get-Command Compress-PSResource -ErrorAction Ignore)
    $elsewhere = (Split-Path $env:LOGSCALEPAGING_MODULE) -ne (Join-Path $root (Join-Path out LogScalePaging))
}

Describe 'The package' -Skip:$elsewhere {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        Add-Type -AssemblyName System.IO.Compression, System.IO.Compression.FileSystem
        $version = (Test-ModuleManifest $ModulePath).Version
        $build = (Resolve-Path "$PSScriptRoot/../../build.ps1").Path
        # PSResourceGet keeps its repositories, and installs modules, in folders of the home, or in the current one if they do not exist.
        # Windows has no variable for it.
        $homeFolder = Join-Path (Resolve-Path $TestDrive).ProviderPath home
        $null = New-Item -ItemType Directory "$homeFolder/.local/share", "$homeFolder/.config", "$homeFolder/feed"
        $savedHome = $env:HOME, $env:XDG_DATA_HOME, $env:XDG_CONFIG_HOME
        if (-not $IsWindows) { $env:HOME, $env:XDG_DATA_HOME, $env:XDG_CONFIG_HOME = $homeFolder, "$homeFolder/.local/share", "$homeFolder/.config" }
        $packages = & $build -Task Package -NoBuild -Destination "$TestDrive/zip" -WarningAction SilentlyContinue
        $package = ($packages | Where-Object Extension -EQ .zip).FullName
        $nupkg = ($packages | Where-Object Extension -EQ .nupkg).FullName
        $url = ([xml](Get-Content "$PSScriptRoot/../../Directory.Build.props" -Raw)).SelectSingleNode('//ProjectUrl').InnerText
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

    AfterAll { $env:HOME, $env:XDG_DATA_HOME, $env:XDG_CONFIG_HOME = $savedHome }

    It 'is named after the version' { Split-Path $package -Leaf | Should -Be "LogScalePaging.$version.zip" }

    It 'holds the files of the module, and no others' {
        $files = @(
            'CHANGELOG.md'
            'LICENSE'
            'LogScalePaging.Desktop.psm1'
            'LogScalePaging.Format.ps1xml'
            'LogScalePaging.psd1'
            'THIRD-PARTY-NOTICES.txt'
            'Test-OnWindows.ps1'
            'en-US/LogScalePaging.dll-Help.xml'
            'en-US/about_LogScalePaging.help.txt'
            'LogScalePaging', 'LogScalePaging.Loader' | ForEach-Object { "bin/net8.0/$_.dll" }
            'LogScalePaging.Core', 'LogScalePaging.Simulator', 'Polly.Core', 'System.IO.Hashing', 'System.Security.Cryptography.Pkcs' | ForEach-Object { "bin/net8.0/dependencies/$_.dll" }
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
        'an old package' | Set-Content "$TestDrive/zip/LogScalePaging.$version.zip", "$TestDrive/zip/LogScalePaging.$version.nupkg"
        $null = & $build -Task Package -NoBuild -Destination "$TestDrive/zip"
        Get-ChildItem "$TestDrive/zip" | ForEach-Object { $_.Length | Should -BeGreaterThan 1MB }
        @(Get-ChildItem "$TestDrive/zip").Count | Should -Be 2
    }

    It 'has a manifest with the addresses of the project, the changes and the files' {
        $folder = Join-Path $modules (Join-Path LogScalePaging $version)
        $manifest = Test-ModuleManifest (Join-Path $folder LogScalePaging.psd1)
        "$($manifest.ProjectUri)" | Should -Be $url
        "$($manifest.LicenseUri)" | Should -Be "$url/blob/main/LICENSE"
        "$($manifest.IconUri)" | Should -Be "$url/raw/main/docs/icon.png"
        Test-Path "$PSScriptRoot/../../docs/icon.png" | Should -BeTrue
        $manifest.ReleaseNotes | Should -Match '^\S[\s\S]*\n- '
        $manifest.ReleaseNotes.Length | Should -BeLessThan 7000
        $manifest.FileList | Sort-Object | Should -Be ((Get-ChildItem $folder -Recurse -File).FullName | Sort-Object)
        foreach ($kind in 'ExportedCmdlets', 'ExportedAliases') { $manifest.$kind.Keys | Where-Object { $_ -match '\*' } | Should -BeNullOrEmpty }
    }

    It 'has the address of the project in one place' {
        $root = Split-Path $build
        $files = @(Get-ChildItem $root -File) + @('src', 'docs', 'module', 'build', 'samples', '.github' | ForEach-Object { Get-ChildItem "$root/$_" -Recurse -File -Force }) |
            Where-Object { $_.Extension -ne '.png' -and $_.FullName -notmatch '[\\/](bin|obj)[\\/]' }
        ($files | Select-String -SimpleMatch $url -List).Filename | Should -Be 'Directory.Build.props'
        (Get-Command Invoke-QueryJob).HelpUri | Should -Be "$url/blob/main/docs/commands/Invoke-QueryJob.md"
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

    It 'is published to a repository, installed from it, and works' -Skip:(-not $canPublish -or $IsWindows) {
        $found, $base, $state, $report = Invoke-WithPackage -Arguments $nupkg, "$homeFolder/feed" {
            param($Package, $Feed)
            $ErrorActionPreference = 'Stop'
            $ProgressPreference = 'SilentlyContinue'
            Register-PSResourceRepository local -Uri $Feed -Trusted
            Publish-PSResource -NupkgPath $Package -Repository local
            $found = Find-PSResource LogScalePaging -Repository local
            "$($found.Version) $($found.ProjectUri) $($found.LicenseUri) $($found.IconUri) $($found.ReleaseNotes.Length -gt 500)"
            Install-PSResource LogScalePaging -Repository local
            Import-Module LogScalePaging
            (Get-Module LogScalePaging).ModuleBase
            $null = Start-LogScaleSimulator -EventCount 900 -EventSpanHours 1 | Connect-LogScale
            $null = Invoke-QueryJob '*' -Start 2h -SummaryVariable summary
            $summary.State
            & "$((Get-Module LogScalePaging).ModuleBase)/Test-OnWindows.ps1"
        }
        $found | Should -Be "$version $url $url/blob/main/LICENSE $url/raw/main/docs/icon.png True"
        $base | Should -Be "$homeFolder/.local/share/powershell/Modules/LogScalePaging/$version"
        $state | Should -Be Complete
        $report[-2] | Should -Match '^[1-9]\d+ passed, 0 failed$' -Because ($report -join "`n")
        $report -join "`n" | Should -Not -Match ([regex]::Escape($homeFolder))
        $report | Where-Object { $_ -match '^(passed|FAILED) ' } | Should -HaveCount ([int]($report[-2] -replace ' .*'))
    }

    It 'shows in its metadata what the Gallery shows' -Skip:(-not $canPublish) {
        $zip = [System.IO.Compression.ZipFile]::OpenRead($nupkg)
        try {
            $names = $zip.Entries.FullName
            $reader = [System.IO.StreamReader]::new($zip.GetEntry('LogScalePaging.nuspec').Open())
            $metadata = ([xml]$reader.ReadToEnd()).package.metadata
        }
        finally { $zip.Dispose() }
        $metadata.id, $metadata.version, $metadata.projectUrl | Should -Be 'LogScalePaging', "$version", $url
        $metadata.licenseUrl, $metadata.iconUrl | Should -Be "$url/blob/main/LICENSE", "$url/raw/main/docs/icon.png"
        $metadata.releaseNotes | Should -Match '\n- '
        $metadata.tags | Should -Match 'PSEdition_Core.*PSEdition_Desktop'
        # The files of the zip, and those that make it a package.
        $files = (Get-ChildItem (Join-Path $modules LogScalePaging) -Recurse -File).FullName | ForEach-Object { $_.Substring((Join-Path $modules (Join-Path LogScalePaging $version)).Length + 1).Replace('\', '/') }
        $names | Where-Object { $_ -notmatch '^(_rels/|package/|\[Content_Types\]|LogScalePaging\.nuspec)' } | Sort-Object | Should -Be ($files | Sort-Object)
    }

    It 'reports what fails on a computer, without its names' {
        $copy = Join-Path (Resolve-Path $TestDrive).ProviderPath broken
        Copy-Item (Join-Path $modules LogScalePaging/*) $copy -Recurse
        Remove-Item "$copy/bin" -Recurse
        $report = Invoke-Shell -NoProfile -NonInteractive -File "$copy/Test-OnWindows.ps1"
        $LASTEXITCODE | Should -Be 1
        $report -match '^FAILED  import ' | Should -HaveCount 1
        $report[-2] | Should -Match '^0 passed, 2 failed$'
        $report -join "`n" | Should -Not -Match ([regex]::Escape([System.IO.Path]::GetTempPath()))
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
